import { badRequest } from "./refused.ts";

/** Names and their values in the order of the query; a name may come several times. */
export function parseQuery(query: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  if (!query) return found;
  for (const pair of query.split("&")) {
    if (!pair) continue;
    const [name, value] = halves(pair);
    const key = decode(name, name);
    const values = found.get(key);
    const text = decode(value, key);
    if (values) values.push(text);
    else found.set(key, [text]);
  }
  return found;
}

function halves(pair: string): [string, string] {
  const at = pair.indexOf("=");
  return at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
}

const decode = (text: string, field: string) => decodePart(text.replaceAll("+", " "), field);

/** Percent signs that do not spell UTF-8 are refused: guessing would store something that nobody sent. */
export function decodePart(text: string, field: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    throw badRequest([{ field, description: "is not UTF-8, percent-encoded", reason: "BROKEN_TEXT" }]);
  }
}
