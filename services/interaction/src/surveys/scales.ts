import type { StoredQuestion } from "./survey-state.ts";

type Kind = StoredQuestion["kind"];

/** The usual ends of each kind; texts and choices have none. */
export const USUAL: Readonly<Record<Kind, readonly [min: number, max: number] | null>> = {
  NPS: [0, 10],
  CSAT: [1, 5],
  CES: [1, 7],
  CES_EFFORT: [1, 5],
  SCORE: [1, 10],
  TEXT: null,
  CHOICE: null,
};

export const hasScale = ({ kind }: Pick<StoredQuestion, "kind">): boolean => USUAL[kind] !== null;

/** From 0, the bad end of the scale, to 100, the good one, which for the effort it took is the low one. */
export function pointsOf({ kind, scaleMin, scaleMax }: Scaled, score: number): number {
  const share = (score - scaleMin) / (scaleMax - scaleMin);
  return Math.round(100 * (kind === "CES_EFFORT" ? 1 - share : share));
}

type Scaled = Pick<StoredQuestion, "kind" | "scaleMin" | "scaleMax">;
