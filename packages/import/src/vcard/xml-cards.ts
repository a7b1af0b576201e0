import type { FileRow } from "../types.ts";
import { xmlReader } from "../xml.ts";
import { cardValues } from "./columns.ts";
import type { Property } from "./property.ts";

/** The parts of a name and an address have names of their own in XML; their order in a card is this. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  n: ["surname", "given", "additional", "prefix", "suffix"],
  adr: ["pobox", "ext", "street", "locality", "region", "code", "country"],
};

/** Cards as RFC 6351 writes them in XML. Their numbers are those in the file. */
export async function* xmlCards(pieces: AsyncIterable<string>): AsyncGenerator<FileRow[]> {
  const builder = cardBuilder();
  const reader = xmlReader("The file of cards", builder);
  for await (const piece of pieces) {
    reader.write(piece);
    yield builder.taken();
  }
  reader.end();
  yield builder.taken();
}

function cardBuilder() {
  let ready: FileRow[] = [];
  let number = 0;
  let properties: Property[] = [];
  let values: [string, string][] = [];
  let types: string[] = [];
  const path: string[] = [];
  let text = "";

  function closeProperty(name: string): void {
    properties.push({ name: name.toUpperCase(), group: "", types, parts: partsOf(name, values) });
    [types, values] = [[], []];
  }
  function closeValue(name: string): void {
    if (path.includes("type")) types.push(text);
    else if (path.includes("pref") && text === "1") types.push("pref");
    else if (!path.includes("parameters")) values.push([name, text]);
  }
  return {
    open(name: string): void {
      path.push(name);
      text = "";
    },
    text(more: string): void {
      text += more;
    },
    close(name: string): void {
      path.pop();
      const depth = path.length - 1 - path.indexOf("vcard"); // of what was closed, below the card; groups count for none
      if (name === "vcard") {
        ready.push({ number: ++number, values: cardValues(properties), fault: undefined });
        properties = [];
      } else if (depth === 0) closeProperty(name);
      else if (text.trim() !== "") closeValue(name);
      text = "";
    },
    taken(): FileRow[] {
      const rows = ready;
      ready = [];
      return rows;
    },
  };
}

function partsOf(property: string, values: readonly [string, string][]): string[] {
  const of = (part: string) => values.filter(([name]) => name === part).map(([, text]) => text);
  const parts = PARTS[property];
  if (parts) return parts.map((part) => of(part).join(", "));
  return property === "org" ? values.map(([, text]) => text) : [values.map(([, text]) => text).join(", ")];
}
