import i18next from "i18next";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";

export type Language = "zh" | "en";

const KEPT_AS = "guanxi.language";

/** As chosen before, else as the browser says: Chinese for whoever prefers any Chinese, English for all others. */
export function languageAtStart(): Language {
  const language =
    kept() ?? (navigator.languages.find((each) => /^(zh|en)/i.test(each)) ?? "en").slice(0, 2).toLowerCase();
  return settle(language === "zh" ? "zh" : "en");
}

export function speak(language: Language): void {
  localStorage.setItem(KEPT_AS, language);
  settle(language);
  void i18next.changeLanguage(language);
}

function kept(): Language | undefined {
  const value = localStorage.getItem(KEPT_AS);
  return value === "zh" || value === "en" ? value : undefined;
}

function settle(language: Language): Language {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  dayjs.locale(language === "zh" ? "zh-cn" : "en");
  return language;
}
