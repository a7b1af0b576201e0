import type { DuplicatePair, FieldEvidence } from "@guanxi/client/gen/guanxi";
import type { DuplicateSay } from "./words.ts";

/** Bits as people say them: 11.96 is ×4,000, -12 is ÷4,000. Two digits are all that it is known by. */
export function factorOf(bits: number): string {
  const times = Number((2 ** Math.abs(bits)).toPrecision(2));
  return times === 1 ? "×1" : `${bits > 0 ? "×" : "÷"}${times.toLocaleString("en")}`;
}

/** What says most comes first, for or against. */
export const strongest = ({ evidence }: Pick<DuplicatePair, "evidence">): FieldEvidence[] =>
  evidence.toSorted((a, b) => Math.abs(b.bits) - Math.abs(a.bits));

/** In the language of the page where it has the words, else as the service said it. */
export function wordsOf({ field, level, words }: FieldEvidence, say: DuplicateSay): string {
  const [name, how] = [`field.${field}`, `level.${level}`] as Parameters<DuplicateSay>[0][];
  const [what, says] = [say(name!), say(how!)];
  if (what === name || says === how) return words;
  return `${what}${/\p{Script=Han}/u.test(what) ? "" : ": "}${says}`;
}
