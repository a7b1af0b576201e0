// What somebody typed, as ranges of the tokens that tokens.ts made.
import { fold, runsOf } from "./names.ts";
import { cut, reversed, type TokenKind } from "./tokens.ts";

export interface Needle {
  /** Which of the words it stands for; 0 stands for the whole query. */
  readonly term: number;
  readonly kind: TokenKind;
  /** Found are the tokens that begin with it. */
  readonly token: string;
}

const NAME_KINDS = ["word", "word_inside", "pinyin", "pinyin_inside", "initials", "initials_inside"] as const;
const MOST_TERMS = 10;
const FEWEST_DIGITS = 4;
const PHONE = /^[+()\-./\s\d]+$/;

/** All terms must be found, or the whole. */
export interface Search {
  readonly terms: number;
  readonly needles: readonly Needle[];
}

export function searchOf(query: string): Search {
  const whole = fold(query).trim();
  const terms = isPhone(whole) ? [whole] : whole.split(/\s+/u).slice(0, MOST_TERMS);
  const parts = terms.length > 1 ? terms.flatMap((term, index) => needlesOf(term, index + 1)) : [];
  return { terms: terms.length, needles: [...needlesOf(whole, 0), ...parts] };
}

function needlesOf(text: string, term: number): Needle[] {
  const name = runsOf(text).join("") || text;
  const kinds = /\p{Script=Han}/u.test(name) ? NAME_KINDS.slice(0, 2) : NAME_KINDS;
  const needles: Needle[] = [
    ...kinds.map((kind) => ({ term, kind, token: name })),
    { term, kind: "external" as const, token: text },
    ...(/\s/u.test(text) ? [] : [{ term, kind: "email" as const, token: text }]),
    ...(isPhone(text) ? phoneEnds(text).map((token): Needle => ({ term, kind: "phone_tail", token })) : []),
  ];
  return needles
    .filter(({ token }) => token !== "")
    .map((needle) => ({ ...needle, token: cut(needle.token) }));
}

const digitsOf = (text: string) => text.replace(/\D/g, "");
const isPhone = (text: string) => PHONE.test(text) && digitsOf(text).length >= FEWEST_DIGITS;

/** The zero before an area code is not part of the international number. */
function phoneEnds(text: string): string[] {
  const digits = digitsOf(text);
  return digits.startsWith("0") ? [reversed(digits), reversed(digits.slice(1))] : [reversed(digits)];
}
