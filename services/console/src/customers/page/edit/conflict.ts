// Two people change one customer: what each of them changed, field by field, since the state that both had read.
export type Fields = Readonly<Record<string, unknown>>;
export type Choice = "mine" | "theirs";

/** What is empty was never there, whether it is a text, a list or nothing at all. */
const plain = (value: unknown): string => {
  if (value === undefined || value === null || value === "") return "";
  if (Array.isArray(value) && value.length === 0) return "";
  return JSON.stringify(value);
};

const same = (a: unknown, b: unknown): boolean => plain(a) === plain(b);

const keysOf = (...all: Fields[]): string[] => [...new Set(all.flatMap((each) => Object.keys(each)))];

export const changedKeys = (before: Fields, after: Fields): string[] =>
  keysOf(before, after).filter((key) => !same(before[key], after[key]));

interface Conflict {
  /** Changed by both, and not to the same. */
  both: string[];
  onlyMine: string[];
  onlyTheirs: string[];
}

export function conflictOf(base: Fields, mine: Fields, theirs: Fields): Conflict {
  const my = new Set(changedKeys(base, mine));
  const their = new Set(changedKeys(base, theirs));
  return {
    both: [...my].filter((key) => their.has(key) && !same(mine[key], theirs[key])),
    onlyMine: [...my].filter((key) => !their.has(key)),
    onlyTheirs: [...their].filter((key) => !my.has(key)),
  };
}

/** What is to be written over theirs; where nobody has chosen, theirs stays. */
export function settled(
  base: Fields,
  mine: Fields,
  theirs: Fields,
  choices: Readonly<Record<string, Choice>>,
): Fields {
  const { both, onlyMine } = conflictOf(base, mine, theirs);
  const kept = [...onlyMine, ...both.filter((key) => choices[key] === "mine")];
  return Object.fromEntries(kept.map((key) => [key, mine[key]]));
}
