import { posix } from "node:path";
import { FileFault } from "../fault.ts";
import type { Limits } from "../limits.ts";
import { notATable } from "../others.ts";
import { type NumberStyle, numberedStyle, styleOf } from "./number.ts";
import { NO_TEXTS, type SharedTexts, sharedTexts } from "./texts.ts";
import { readXml } from "../xml.ts";
import { type Parts, partName } from "./zip.ts";

/** One sheet, and what its cells refer to. */
export interface Workbook {
  readonly name: string;
  readonly part: string;
  readonly texts: SharedTexts;
  readonly styles: readonly NumberStyle[];
  readonly from1904: boolean;
}

export async function openWorkbook(
  parts: Parts,
  wish: string | undefined,
  limits: Limits,
): Promise<Workbook> {
  refuseOthers(parts);
  const main = (await relations(parts, "")).find(({ type }) => type === "officeDocument")?.path ?? "";
  const targets = await relations(parts, main);
  const { sheets, from1904 } = await contents(parts, main);
  const byId = new Map(targets.map((target) => [target.id, target]));
  const tables = sheets.filter(({ id }) => byId.get(id)?.type === "worksheet");
  const sheet = chosen(tables, wish);
  const pathOf = (type: string) => targets.find((target) => target.type === type)?.path;
  const [texts, styles] = [pathOf("sharedStrings"), pathOf("styles")];
  return {
    name: sheet.name,
    part: byId.get(sheet.id)?.path ?? "",
    texts: texts ? await sharedTexts(texts, parts.text(texts), limits) : NO_TEXTS,
    styles: styles ? await cellStyles(parts, styles) : [],
    from1904,
  };
}

function refuseOthers(parts: Parts): void {
  if (parts.has("xl/vbaProject.bin")) {
    throw new FileFault("WORKBOOK_HAS_MACROS", "The workbook has macros: save it as .xlsx without them.");
  }
  if (parts.has("xl/workbook.bin")) throw notATable("a binary workbook (.xlsb)");
  if (parts.has("content.xml")) throw notATable("an OpenDocument file");
  if (!parts.has("_rels/.rels")) throw notATable("a zip archive");
}

interface Relation {
  readonly id: string;
  /** The last word of its type, which both editions of the standard share. */
  readonly type: string;
  readonly path: string;
}

/** What a part refers to; the file as a whole is the part without a name. */
async function relations(parts: Parts, part: string): Promise<Relation[]> {
  const { dir, base } = posix.parse(part);
  const name = posix.join(dir, "_rels", `${base}.rels`);
  const found: Relation[] = [];
  await readXml(partName(name), parts.text(name), {
    ...SILENT,
    open(tag, { Id = "", Type = "", Target = "" }) {
      if (tag !== "Relationship") return;
      const path = posix.resolve("/", dir, Target).slice(1);
      found.push({ id: Id, type: Type.slice(Type.lastIndexOf("/") + 1), path });
    },
  });
  return found;
}

const SILENT = { open: () => undefined, close: () => undefined, text: () => undefined };

interface Sheet {
  readonly name: string;
  readonly id: string;
  readonly isHidden: boolean;
}

async function contents(parts: Parts, main: string): Promise<{ sheets: Sheet[]; from1904: boolean }> {
  if (!parts.has(main)) throw notATable("a document without sheets");
  const sheets: Sheet[] = [];
  let from1904 = false;
  await readXml(partName(main), parts.text(main), {
    ...SILENT,
    open(tag, attributes) {
      if (tag === "workbookPr") from1904 = /^(1|true)$/.test(attributes["date1904"] ?? "");
      if (tag !== "sheet") return;
      const id = Object.entries(attributes).find(([name]) => name.endsWith(":id"))?.[1] ?? "";
      const isHidden = (attributes["state"] ?? "visible") !== "visible";
      sheets.push({ name: attributes["name"] ?? "", id, isHidden });
    },
  });
  return { sheets, from1904 };
}

function chosen(sheets: readonly Sheet[], wish: string | undefined): Sheet {
  const sheet =
    wish === undefined ? sheets.find(({ isHidden }) => !isHidden) : sheets.find(({ name }) => name === wish);
  if (sheet) return sheet;
  const names = sheets.map(({ name }) => name).join(", ");
  const message =
    wish === undefined ? "The workbook has no sheet." : `There is no sheet "${wish}", but ${names}.`;
  throw new FileFault("NO_SUCH_SHEET", message, wish === undefined ? {} : { sheet: wish });
}

async function cellStyles(parts: Parts, part: string): Promise<NumberStyle[]> {
  const codes = new Map<string, NumberStyle>();
  const styles: NumberStyle[] = [];
  let inCells = false;
  await readXml(partName(part), parts.text(part), {
    ...SILENT,
    open(tag, { numFmtId = "0", formatCode = "" }) {
      if (tag === "numFmt") codes.set(numFmtId, styleOf(formatCode));
      else if (tag === "cellXfs") inCells = true;
      else if (tag === "xf" && inCells) styles.push(codes.get(numFmtId) ?? numberedStyle(Number(numFmtId)));
    },
    close(tag) {
      if (tag === "cellXfs") inCells = false;
    },
  });
  return styles;
}
