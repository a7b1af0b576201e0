// Files that are often sent in place of a table. Each is refused by its name, with what to do.
import { FileFault } from "./fault.ts";

/** Each row: what it begins with in Latin-1, and what it is. */
const SIGNATURES: readonly (readonly [string, string])[] = [
  ["%PDF", "a PDF document"],
  ["\x89PNG", "a picture"],
  ["\xff\xd8\xff", "a picture"],
  ["GIF8", "a picture"],
  ["Rar!", "a RAR archive"],
  ["7z\xbc\xaf", "a 7z archive"],
  ["BZh", "a bzip2 archive"],
  ["{\\rtf", "an RTF document"],
  ["SQLite format 3", "a database"],
];

const COMPOUND = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"; // the container of Office before 2007, and of what is encrypted since

export function refuseOtherBytes(head: Uint8Array, fileName: string): void {
  const latin = Buffer.from(head).toString("latin1");
  if (latin.startsWith(COMPOUND)) throw compoundFault(latin, fileName);
  const found = SIGNATURES.find(([signature]) => latin.startsWith(signature));
  if (found) throw notATable(found[1]);
}

/** The names in the container may lie behind the head; then the file's own name tells. */
function compoundFault(latin: string, fileName: string): FileFault {
  const isEncrypted = latin.includes(wide("EncryptedPackage")) || /\.xls[xm]$/i.test(fileName);
  return isEncrypted
    ? new FileFault("WORKBOOK_ENCRYPTED", "The workbook is protected by a password: save it without one.")
    : new FileFault("WORKBOOK_TOO_OLD", "The workbook has the old form .xls: save it as .xlsx or .csv.");
}

const wide = (text: string) => Buffer.from(text, "utf16le").toString("latin1");

export function refuseOtherText(text: string, fileName: string): void {
  const start = text.slice(0, 2000).trimStart().toLowerCase();
  if (/^(<!doctype html|<html|<head|<table|<meta)/.test(start)) throw notATable("a web page");
  if (start.startsWith("<?xml") || start.startsWith("<workbook")) throw notATable("an XML document");
  if (/\.jsonl?$/i.test(fileName) && /^[[{]/.test(start)) throw notATable("a JSON document");
}

export const notATable = (what: string) =>
  new FileFault("NOT_A_TABLE", `The file is ${what}: save its table as .xlsx or .csv.`);
