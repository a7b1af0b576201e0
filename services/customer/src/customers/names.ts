import { pinyin } from "pinyin-pro";

const HAN_RUN = /^\p{Script=Han}/u;
// The two are kept apart, since Chinese is searched by its characters and other scripts by their words.
const RUN = /\p{Script=Han}+|[[\p{L}\p{M}\p{N}]--\p{Script=Han}]+/gv;
const CHINESE_FORM = /(?:股份有限公司|有限责任公司|有限公司|股份公司|株式会社|有限会社|公司)$/u;
const FORMS = new Set(
  "ab ag as bv co company corp corporation gmbh inc incorporated kg kk limited llc llp ltd nv oy oyj plc pty sa sarl spa srl".split(
    " ",
  ),
);
/** More of a name adds rows and finds nothing more. */
const MOST_SYLLABLES = 40;

/** Width and case do not count. */
export const fold = (text: string) => text.normalize("NFKC").toLowerCase().normalize("NFKC");

/** One name for one person or firm as people write it: width, case and the number of spaces do not count. */
export const plainName = (text: string) => fold(text).trim().replace(/\s+/gu, " ");

/** Runs of Chinese characters and words of other scripts, in their order. */
export const runsOf = (name: string): string[] => fold(name).match(RUN) ?? [];

export const isHan = (run: string) => HAN_RUN.test(run);

/** The name as it is compared: without spaces and signs, case, width and legal forms such as 有限公司 and Ltd. */
export function nameKey(name: string): string {
  const runs = runsOf(name);
  while (runs.length > 1 && FORMS.has(runs.at(-1)!)) runs.pop();
  const whole = runs.join("");
  return whole.replace(CHINESE_FORM, "") || whole || fold(name).trim();
}

export interface Sounds {
  /** zhang, san; a word of another script is one syllable. */
  readonly syllables: readonly string[];
  /** z, s */
  readonly initials: readonly string[];
}

/** How a name sounds. Of a person the first character is read as a surname: 单 is shan, 曾 is zeng. */
export function soundsOf(name: string, isPerson: boolean): Sounds {
  const syllables = runsOf(name)
    .flatMap((run, index) => (isHan(run) ? hanSyllables(run, isPerson && index === 0) : [run]))
    .slice(0, MOST_SYLLABLES);
  return { syllables, initials: syllables.map((syllable) => [...syllable][0]!) };
}

/** How the key of a name sounds: legal forms are not heard. */
export const keySound = (name: string, isPerson: boolean) =>
  soundsOf(nameKey(name), isPerson).syllables.join("");

function hanSyllables(run: string, beginsWithSurname: boolean): string[] {
  const surname = beginsWithSurname ? "head" : "off";
  const syllables = pinyin(run, { toneType: "none", type: "array", v: true, surname });
  return syllables.filter((syllable) => /^[a-z]+$/.test(syllable)); // a character that it does not know comes back as it is
}
