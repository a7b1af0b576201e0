import { bestDelimiter, firstRows, separatorLine } from "./csv/delimiter.ts";
import { badCharacter, encodingOf, markLength, tryDecode, wholeCharacters } from "./encoding.ts";
import { FileFault } from "./fault.ts";
import { gunzipHead, isGzip } from "./gunzip.ts";
import { refuseOtherBytes, refuseOtherText } from "./others.ts";
import { notText } from "./text.ts";
import type { Encoding, FileFormat } from "./types.ts";

/**
 * What a file is, from its first bytes (64 KiB are plenty), its name, and what whoever brings it says of it. Throws a
 * FileFault for one that cannot be read.
 */
export function detectFormat(head: Uint8Array, fileName: string, wish: Partial<FileFormat> = {}): FileFormat {
  const bytes = isGzip(head) ? gunzipHead(head) : head;
  if (bytes.length === 0) throw new FileFault("FILE_EMPTY", "The file is empty.");
  refuseOtherBytes(bytes, fileName);
  if (isZip(bytes)) return { ...PLAIN, ...wish, kind: "xlsx" };
  const encoding = wish.encoding ?? encodingOf(bytes);
  const text = headText(bytes, encoding);
  if (isCards(text)) return { ...PLAIN, kind: "vcard", encoding };
  refuseOtherText(text, fileName);
  if (wish.kind && wish.kind !== "csv") throw notThat(wish.kind);
  return csvFormat(text, encoding, wish);
}

const PLAIN = { encoding: "utf-8", delimiter: ",", quote: '"', header: true } as const;

function csvFormat(text: string, encoding: Encoding, wish: Partial<FileFormat>): FileFormat {
  const quote = wish.quote ?? PLAIN.quote;
  const delimiter = wish.delimiter ?? separatorLine(text) ?? bestDelimiter(text, quote);
  const rows = firstRows(text, delimiter, quote).slice(separatorLine(text) ? 1 : 0);
  const first = rows.find(({ values }) => values.some((value) => value !== ""));
  const header = wish.header ?? !first?.values.some(isData);
  return { kind: "csv", encoding, delimiter, quote, header };
}

const isZip = (bytes: Uint8Array) => Buffer.from(bytes.subarray(0, 4)).toString("latin1") === "PK\x03\x04";

/** vCard as text, as JSON (jCard) and as XML (xCard). */
const isCards = (text: string) =>
  /^\s*BEGIN:VCARD\s/i.test(text) ||
  /^\s*\[\s*(\[\s*)?"vcard"/i.test(text) ||
  (/^\s*</.test(text) && text.includes("urn:ietf:params:xml:ns:vcard-4.0"));

/** An address, a day, a number that is no year: nobody calls a column so. */
const isData = (cell: string) =>
  /^[^\s@]+@[^\s@]+\.[^\s@]+$|^\d{4}-\d\d-\d\d|^-?\d+[.,]\d+$|^-?\d{5,}$/.test(cell.trim());

function headText(bytes: Uint8Array, encoding: Encoding): string {
  const mark = markLength(bytes);
  const whole = wholeCharacters(bytes.subarray(mark), encoding);
  const text = tryDecode(whole, encoding);
  if (text === undefined) throw notText(encoding, mark + badCharacter(whole, encoding));
  return text;
}

const notThat = (kind: string) =>
  new FileFault("OTHER_KIND", `The file is not ${kind === "xlsx" ? "an XLSX workbook" : "a vCard"}.`);
