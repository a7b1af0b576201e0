/** One line of a card, decoded. */
export interface Property {
  /** In capitals, without the group. */
  readonly name: string;
  /** Of "item1.TEL", by which a label belongs to it. */
  readonly group: string;
  readonly types: readonly string[];
  /** Of a name, an address or a company its parts; else one. */
  readonly parts: readonly string[];
}

const STRUCTURED: ReadonlySet<string> = new Set(["N", "ADR", "ORG"]);

/** What stands before the value: TEL;TYPE=work,voice and, in version 2.1, TEL;WORK;VOICE */
interface Head {
  readonly name: string;
  readonly group: string;
  readonly types: readonly string[];
  readonly encoding: string;
  readonly charset: string;
}

const HEAD = /^(?:([^.;:"]+)\.)?([^.;:"]+)((?:;(?:"[^"]*"|[^":])*)?):/;
const ENCODINGS = new Set(["QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT"]);

/** Undefined: the line is none of a card. A value that is not in the encoding it names stays as it is, under no column. */
export function propertyOf(line: string, version: string): Property | undefined {
  const match = HEAD.exec(line);
  if (!match) return undefined;
  const head = headOf(match[1] ?? "", match[2] ?? "", match[3] ?? "");
  const raw = line.slice(match[0].length);
  const value = head.encoding === "QUOTED-PRINTABLE" ? unquoted(raw, head.charset) : raw;
  if (value === undefined) return { ...head, name: `UNREADABLE ${head.name}`, parts: [raw] };
  const parts = STRUCTURED.has(head.name) ? value.split(/(?<!\\);/) : [value];
  return { ...head, parts: parts.map((part) => unescaped(part, version)) };
}

function headOf(group: string, name: string, parameters: string): Head {
  const types: string[] = [];
  let [encoding, charset] = ["", "utf-8"];
  for (const parameter of parameters.match(/(?:"[^"]*"|[^;"])+/g) ?? []) {
    const [key = "", value] = parameter.split("=", 2);
    const word = (value ?? key).replaceAll('"', "");
    const kind =
      value === undefined ? (ENCODINGS.has(word.toUpperCase()) ? "ENCODING" : "TYPE") : key.toUpperCase();
    if (kind === "TYPE") types.push(...word.toLowerCase().split(","));
    if (kind === "ENCODING") encoding = word.toUpperCase();
    if (kind === "CHARSET") charset = word;
  }
  return { name: name.trim().toUpperCase(), group: group.toLowerCase(), types, encoding, charset };
}

function unquoted(text: string, charset: string): string | undefined {
  const bytes = Buffer.from(text, "utf8").toString("latin1");
  const decoded = bytes.replaceAll(/=([0-9a-f]{2})/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  try {
    return new TextDecoder(charset, { fatal: true }).decode(Buffer.from(decoded, "latin1"));
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Version 2.1 has no escape for a line end, so a path with \n in it is one. */
function unescaped(text: string, version: string): string {
  if (!text.includes("\\")) return text;
  if (version === "2.1") return text.replaceAll(/\\([;:,\\])/g, "$1");
  return text.replaceAll(/\\(.)/gs, (_, sign: string) => (sign === "n" || sign === "N" ? "\n" : sign));
}

/** Pictures, sounds and keys: bytes, and no text of a table. */
export const isBinary = (line: string) =>
  /^(?:[^.;:"]+\.)?(?:PHOTO|LOGO|SOUND|KEY)[;:]|^[^:]*;(?:ENCODING=)?(?:B|BASE64)[;:]/i.test(line);

export const isQuoted = (line: string) => /^[^:]*;(?:ENCODING=)?QUOTED-PRINTABLE[;:]/i.test(line);
