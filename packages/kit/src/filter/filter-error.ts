export type FilterReason =
  | "SYNTAX"
  | "TOO_LARGE"
  | "UNKNOWN_FIELD"
  | "WRONG_TYPE"
  | "BAD_VALUE"
  | "UNSUPPORTED";

export interface Position {
  line: number;
  column: number;
}

/** An expression that is not taken: why, where, and what to write instead. */
export class FilterError extends Error {
  readonly reason: FilterReason;
  readonly at: Position;

  constructor(reason: FilterReason, message: string, source: string, offset: number) {
    super(message);
    this.reason = reason;
    this.at = positionOf(source, offset);
  }
}

/** Both count from 1, and in characters, as people do, not in UTF-16 units. */
export function positionOf(source: string, offset: number): Position {
  const before = source.slice(0, offset).split("\n");
  return { line: before.length, column: Array.from(before.at(-1) ?? "").length + 1 };
}
