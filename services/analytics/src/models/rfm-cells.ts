// The names of the 125 cells of recency, frequency and monetary score.

export type RfmCell =
  | "champions"
  | "loyal"
  | "potential_loyalist"
  | "new"
  | "promising"
  | "need_attention"
  | "about_to_sleep"
  | "at_risk"
  | "cant_lose"
  | "hibernating"
  | "lost";

// One row for each recency score, 5 first; in it worth 1 to 5.
const GRID: readonly (readonly RfmCell[])[] = [
  ["new", "potential_loyalist", "loyal", "champions", "champions"],
  ["promising", "potential_loyalist", "loyal", "champions", "champions"],
  ["promising", "about_to_sleep", "need_attention", "loyal", "loyal"],
  ["hibernating", "about_to_sleep", "at_risk", "at_risk", "at_risk"],
  ["lost", "hibernating", "at_risk", "cant_lose", "cant_lose"],
];

const SCORES = [1, 2, 3, 4, 5] as const;

/**
 * By recency and worth. Worth is the mean of frequency and monetary score, rounded up, yet never above frequency: what was
 * paid does not make a one-time buyer loyal (R030).
 */
function nameOf(recency: number, frequency: number, monetary: number): RfmCell {
  const worth = Math.min(frequency, Math.ceil((frequency + monetary) / 2));
  return GRID[5 - recency]![worth - 1]!;
}

/** "555" is the best cell: its digits are the scores of recency, frequency and money. */
export const RFM_CELLS: ReadonlyMap<string, RfmCell> = new Map(
  SCORES.flatMap((r) => SCORES.flatMap((f) => SCORES.map((m) => [`${r}${f}${m}`, nameOf(r, f, m)] as const))),
);

export function cellOf(recency: number, frequency: number, monetary: number): RfmCell {
  const cell = RFM_CELLS.get(`${recency}${frequency}${monetary}`);
  if (!cell) throw new RangeError(`Scores are 1 to 5, and not ${recency}, ${frequency}, ${monetary}.`);
  return cell;
}
