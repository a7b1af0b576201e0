// Links of a message become ones that are noted when they are followed: those that the template's author has written. What comes from a
// customer's value stays as it is, for whoever can choose what we call them must not get a signed way of ours to their own pages.
import type { Links } from "../tracking/links.ts";
import type { Said } from "./liquid.ts";

/** No "<" within a tag, so that looking for its end never goes through the whole letter again and again. */
const ANCHOR = /(<a(?=\s)[^<>]*?\shref\s*=\s*)(?:"([^"<>]*)"|'([^'<>]*)')/gi;
/** Letters of an address by RFC 3986: what is written in Chinese right behind it does not belong to it. */
const LETTERS = "[\\w\\-.~:/?#[\\]@!$&'()*+,;=%]";
const ENDING = /[.,;:!?'")\]]+$/;

export function rewriteHtml(said: Said, links: Links): string {
  const linked = said.text.replaceAll(ANCHOR, (whole, tag: string, double?: string, single?: string) => {
    const marked = (double ?? single ?? "").trim();
    const target = decodeAttribute(withoutMarks(said, marked));
    if (!marked.startsWith(said.mark) || !leadsHome(target, said)) return whole;
    return `${tag}"${encodeAttribute(links.follow(target))}"`;
  });
  return withPixel(withoutMarks(said, linked), links);
}

function withPixel(html: string, { pixel }: Links): string {
  if (pixel === undefined) return html;
  const image = `<img src="${pixel}" width="1" height="1" alt="">`;
  const end = html.toLowerCase().lastIndexOf("</body");
  return end < 0 ? html + image : html.slice(0, end) + image + html.slice(end);
}

export function rewriteText(said: Said, links: Links): string {
  const { text, mark } = said;
  const address = new RegExp(`${mark}(https?://(?:${LETTERS}|${mark})+)`, "gi");
  const linked = text.replaceAll(address, (_, marked: string) => {
    const found = withoutMarks(said, marked);
    const rest = ENDING.exec(found)?.[0] ?? "";
    const target = found.slice(0, found.length - rest.length);
    return leadsHome(target, said) ? links.follow(target) + rest : found;
  });
  return withoutMarks(said, linked);
}

export const withoutMarks = ({ mark }: Said, text: string): string => text.replaceAll(mark, "");

/** A value right behind "https://shop.example" could make another place of it: as ".evil.example" or "@evil.example". */
const leadsHome = (target: string, { origins }: Said): boolean => {
  const url = URL.parse(target);
  return url !== null && origins.has(url.origin);
};

const ENTITIES: Record<string, string> = {
  "&amp;": "&",
  "&quot;": '"',
  "&#34;": '"',
  "&#39;": "'",
  "&lt;": "<",
  "&gt;": ">",
};
const decodeAttribute = (text: string) =>
  text.replaceAll(/&(?:amp|quot|#34|#39|lt|gt);/g, (each) => ENTITIES[each]!);
const encodeAttribute = (text: string) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
