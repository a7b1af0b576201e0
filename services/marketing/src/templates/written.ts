// Which addresses a template's author has written, as against those that come from what a customer is called.

/** Up to where the path begins; in a text, letters by RFC 3986 only, as what is written in Chinese right behind it is not of it. */
const STARTS = {
  text: /https?:\/\/[\w\-.~:[\]@!$&'()*+,;=%]+/gi,
  html: /https?:\/\/[^\s/?#"'<>\\]+/gi,
};
const ENDING = /[.,;:!?'")\]]+$/;

/** A part of a source without placeholders, with the mark before each address, and where these lead. */
export function markAddresses(part: string, form: keyof typeof STARTS, mark: string) {
  const origins: string[] = [];
  const text = part.replaceAll(STARTS[form], (start) => {
    const url = URL.parse(start.replace(ENDING, ""));
    if (!url) return start;
    origins.push(url.origin);
    return mark + start;
  });
  return { text, origins };
}
