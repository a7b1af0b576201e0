import { FileFault } from "../fault.ts";
import type { FileRow } from "../types.ts";
import { cardValues } from "./columns.ts";
import type { Property } from "./property.ts";

const LONGEST = 16 * 1024 * 1024; // JSON is read as a whole

/** Cards as RFC 7095 writes them in JSON: one, or a list of them. Their numbers are those in the list. */
export async function* jsonCards(pieces: AsyncIterable<string>): AsyncGenerator<FileRow[]> {
  let text = "";
  for await (const piece of pieces) {
    text += piece;
    if (text.length > LONGEST) throw tooBig();
  }
  const whole = parsed(text);
  const cards = whole[0] === "vcard" ? [whole] : whole;
  yield cards.map((card, index) => ({
    number: index + 1,
    values: cardValues(propertiesOf(card, index + 1)),
    fault: undefined,
  }));
}

function parsed(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw broken("The file");
}

function propertiesOf(card: unknown, number: number): Property[] {
  const lines: unknown = Array.isArray(card) && card[0] === "vcard" ? card[1] : undefined;
  if (!Array.isArray(lines)) throw broken(`Card ${number}`);
  return lines.map((line: unknown) => propertyOf(line) ?? refused(number));
}

function propertyOf(line: unknown): Property | undefined {
  if (!Array.isArray(line) || typeof line[0] !== "string" || line.length < 4) return undefined;
  const [name, parameters, , value, ...more] = line as [
    string,
    Record<string, unknown> | null,
    string,
    unknown,
  ];
  return {
    name: name.toUpperCase(),
    group: flat(parameters?.["group"]).join(""),
    types: [...flat(parameters?.["type"]), ...(parameters?.["pref"] === "1" ? ["pref"] : [])],
    // A list is the parts of a name or an address; what comes after the value are more values.
    parts: Array.isArray(value)
      ? value.map((part) => flat(part).join(", "))
      : [flat([value, more]).join(", ")],
  };
}

const flat = (value: unknown): string[] =>
  Array.isArray(value) ? value.flatMap(flat) : value === undefined || value === null ? [] : [String(value)];

function refused(number: number): never {
  throw broken(`Card ${number}`);
}

const broken = (what: string) => new FileFault("JSON_BROKEN", `${what} is no card in JSON (RFC 7095).`);

const tooBig = () =>
  new FileFault("FILE_TOO_BIG", `A file of cards in JSON may have ${LONGEST} characters: save it as .vcf.`);
