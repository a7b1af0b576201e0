// What the console says, in both languages. Each surface brings its own words: `export const useCases = texts("cases", zh, en)`.
// That nothing is missing in one of them is what the types check; that both know the same values, a test.
import i18next from "i18next";
import ICU from "i18next-icu";
import { initReactI18next, useTranslation } from "react-i18next";
import { type Language, languageAtStart } from "./language.ts";

await i18next
  .use(ICU)
  .use(initReactI18next)
  .init({
    lng: languageAtStart(),
    fallbackLng: false,
    keySeparator: false, // a key may have dots: it is a name, not a path
    nsSeparator: false,
    resources: {},
    interpolation: { escapeValue: false }, // React does
    react: { useSuspense: false },
  });

type Words = Readonly<Record<string, string>>;
export type Values = Record<string, string | number | Date>;
export type Say<K extends string> = (key: K, values?: Values) => string;

/** Every bundle there is, for the test that holds the two languages against each other. */
export const bundles: Record<string, Record<Language, Words>> = {};

/** The words of a surface, in ICU MessageFormat, and the hook that says them. */
export function texts<Z extends Words>(
  area: string,
  zh: Z,
  en: Readonly<Record<keyof Z & string, string>>,
): () => Say<keyof Z & string> {
  bundles[area] = { zh, en };
  i18next.addResourceBundle("zh", area, zh);
  i18next.addResourceBundle("en", area, en);
  return () => {
    const { t } = useTranslation(area);
    return (key: string, values) => t(key, { ...values });
  };
}

const VOCABULARY = "vocabulary";

/** Names for the values of an enum of the contract, under the enum's name in the client: `{ "Grade.GRADE_A": "A 级" }`. */
export function vocabulary<Z extends Words>(zh: Z, en: Readonly<Record<keyof Z & string, string>>): void {
  const known = bundles[VOCABULARY] ?? { zh: {}, en: {} };
  bundles[VOCABULARY] = { zh: { ...known.zh, ...zh }, en: { ...known.en, ...en } };
  i18next.addResourceBundle("zh", VOCABULARY, zh, true, true);
  i18next.addResourceBundle("en", VOCABULARY, en, true, true);
}

/** What a value of an enum is called; a value that is newer than this page is shown as the contract has it. */
export function useLabel(): (name: string, value: string | undefined) => string {
  const { t, i18n } = useTranslation(VOCABULARY);
  return (name, value) => {
    if (!value || value.endsWith("UNSPECIFIED")) return "";
    const key = `${name}.${value}`;
    return i18n.exists(key, { ns: VOCABULARY }) ? t(key) : value;
  };
}

export const useLanguage = (): Language => useTranslation().i18n.language as Language;
