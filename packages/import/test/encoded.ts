import type { Encoding } from "../src/types.ts";

const gb18030 = new TextDecoder("gb18030");
let table: Map<string, Buffer> | undefined;

/** What each character is in GB18030, found by decoding all that there is below U+10000. */
function gbTable(): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  const tell = (bytes: readonly number[]) => {
    const text = gb18030.decode(Uint8Array.from(bytes));
    if (!text.includes("\uFFFD") && text.length === 1 && !found.has(text))
      found.set(text, Buffer.from(bytes));
  };
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) tell([lead, trail]);
  }
  for (let index = 0; index <= 39_419; index++) tell(fourBytes(index, 0x81));
  return found;
}

const fourBytes = (index: number, lead: number) => [
  lead + Math.floor(index / 12_600),
  0x30 + (Math.floor(index / 1260) % 10),
  0x81 + (Math.floor(index / 10) % 126),
  0x30 + (index % 10),
];

function gbBytes(character: string): Buffer {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return Buffer.from(character);
  if (code >= 0x10000) return Buffer.from(fourBytes(code - 0x10000, 0x90));
  table ??= gbTable();
  const bytes = table.get(character);
  if (!bytes) throw new Error(`GB18030 has no ${character}.`);
  return bytes;
}

/** Node reads these encodings and writes but two of them. */
export function encoded(text: string, encoding: Encoding, mark: boolean): Buffer {
  const marked = mark ? `\uFEFF${text}` : text;
  if (encoding === "gb18030") return Buffer.concat([...marked].map(gbBytes));
  if (encoding === "utf-8") return Buffer.from(marked, "utf8");
  const little = Buffer.from(marked, "utf16le");
  return encoding === "utf-16le" ? little : little.swap16();
}
