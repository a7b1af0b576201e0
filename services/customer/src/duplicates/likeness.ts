// How alike two texts are, in steps that a person would name.
import { distance } from "fastest-levenshtein";
import type { Word } from "./compared.ts";

export const ABSENT = -1;
export const DIFFERS = 0;

/** One slip in a short text, two in one of eight and more, three from fourteen on. */
const slipsIn = (length: number) => Math.floor((length + 4) / 6);

export function isNear(a: string, b: string, slips = slipsIn(Math.max(a.length, b.length))): boolean {
  if (Math.min(a.length, b.length) < 3 || Math.abs(a.length - b.length) > slips) return false;
  return distance(a, b) <= slips || isSwapped(a, b);
}

/** Two neighbours have changed places: 1956 and 1965. */
function isSwapped(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

export const WORD = { differs: 0, alike: 1, near: 2, same: 3 } as const;

/** Alike is what sounds the same, what one begins with (Rob and Robert), and what agrees in three fifths. */
export function wordLevel(a: Word, b: Word): number {
  if (a.text === b.text) return WORD.same;
  if (isNear(a.text, b.text)) return WORD.near;
  if (a.sound === b.sound && a.sound.length > 1) return WORD.alike;
  const [short, long] = a.text.length < b.text.length ? [a.text, b.text] : [b.text, a.text];
  if (long.startsWith(short)) return WORD.alike;
  return long.length >= 5 && distance(a.text, b.text) <= 0.4 * long.length ? WORD.alike : WORD.differs;
}

export const TEXT = { differs: 0, near: 1, same: 2 } as const;

export function textLevel(a: string, b: string): number {
  if (a === "" || b === "") return ABSENT;
  if (a === b) return TEXT.same;
  return isNear(a, b) ? TEXT.near : TEXT.differs;
}

/** Numbers next to each other are of others: of those one slip only. */
export function numberLevel(a: string, b: string): number {
  if (a === b) return TEXT.same;
  return isNear(a, b, 1) ? TEXT.near : TEXT.differs;
}

/** Of several each may agree: the best counts. */
export function bestLevel(a: readonly string[], b: readonly string[], levelOf = textLevel): number {
  let best = ABSENT;
  for (const left of a) for (const right of b) best = Math.max(best, levelOf(left, right));
  return best;
}

/** Near is a day of which two digits or one of year, month and day are others, or month and day are exchanged. */
export function dayLevel(a: string, b: string): number {
  if (a === "" || b === "") return ABSENT;
  if (a === b) return TEXT.same;
  const [left, right] = [partsOf(a), partsOf(b)];
  const equal = left.filter((part, index) => part === right[index]).length;
  const isExchanged = left[0] === right[0] && left[1] === right[2] && left[2] === right[1];
  return equal === 2 || isExchanged || isNear(a, b) ? TEXT.near : TEXT.differs;
}

const partsOf = (day: string) => [day.slice(0, 4), day.slice(4, 6), day.slice(6)];
