// How a number stands to the one of the period before.
import type { Kind } from "./sheet.ts";

export interface Change {
  word: "same" | "nothingBefore" | "zeroBefore" | "rise" | "fall" | "risePoints" | "fallPoints";
  /** By how much, without its sign. */
  by?: number;
  /** As what that is shown. */
  kind?: Kind;
}

/** In points where it is a share or has points itself, else by what part of what it was. */
export function changeOf(kind: Kind, value: number, before: number | undefined): Change {
  if (before === undefined) return { word: "nothingBefore" };
  const by = value - before;
  if (by === 0) return { word: "same" };
  if (kind === "share")
    return { word: by > 0 ? "risePoints" : "fallPoints", by: Math.abs(by) * 100, kind: "number" };
  const word = by > 0 ? "rise" : "fall";
  if (kind === "points") return { word, by: Math.abs(by), kind };
  return before === 0 ? { word: "zeroBefore" } : { word, by: Math.abs(by / before), kind: "share" };
}
