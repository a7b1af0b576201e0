// What whoever follows a link of a message is shown: plain pages without scripts, in Chinese or English.
import { Page } from "@guanxi/contract/guanxi/pages/v1/page";

const TEXTS = {
  en: {
    title: "Unsubscribe",
    question: "You will get no more messages of this kind from us.",
    button: "Unsubscribe",
    done: "You are unsubscribed. It may take a few minutes until no more messages leave.",
  },
  "zh-CN": {
    title: "退订",
    question: "退订后，您将不再收到我们的此类消息。",
    button: "确认退订",
    done: "您已退订。几分钟内将不再向您发送此类消息。",
  },
} as const;

type Language = keyof typeof TEXTS;

/** The one that the reader likes better; English where they say neither. */
function languageOf(acceptLanguage: string): Language {
  const wishes = acceptLanguage.split(",").map((part) => {
    const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
    const weight = parameters.find((each) => each.trim().startsWith("q="));
    return { tag: tag.trim(), weight: weight ? Number(weight.trim().slice(2)) || 0 : 1 };
  });
  const wish = (base: string) =>
    Math.max(0, ...wishes.filter(({ tag }) => tag.split("-")[0] === base).map(({ weight }) => weight));
  return wish("zh") > wish("en") ? "zh-CN" : "en";
}

/** Asks first: programs that look through mails follow every link, and must not unsubscribe anybody by it. */
export function askPage(acceptLanguage: string): Page {
  const language = languageOf(acceptLanguage);
  const { title, question, button } = TEXTS[language];
  const form = `<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click"><button>${button}</button></form>`;
  return page(language, title, `<p>${question}</p>${form}`);
}

export function donePage(acceptLanguage: string): Page {
  const language = languageOf(acceptLanguage);
  const { title, done } = TEXTS[language];
  return page(language, title, `<p>${done}</p>`);
}

const STYLE =
  "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1rem}button{font:inherit;padding:.5rem 1.5rem}";

const page = (language: Language, title: string, body: string): Page =>
  Page.fromPartial({
    contentType: "text/html; charset=utf-8",
    data: Buffer.from(
      `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${title}</title><style>${STYLE}</style><h1>${title}</h1>${body}</html>`,
    ),
  });

/** One transparent point. */
const GIF = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

export const pixelPage = (): Page => Page.fromPartial({ contentType: "image/gif", data: GIF });

export const redirectTo = (location: string): Page => Page.fromPartial({ location });
