import { part, zip } from "./zip.ts";

interface WorkbookText {
  /** What stands between <sheetData> and its end. */
  readonly rows: string;
  readonly texts?: readonly string[];
  /** What stands in <styleSheet>. */
  readonly styles?: string;
  readonly from1904?: boolean;
  /** Sheets before the one with the rows. */
  readonly before?: string;
  readonly more?: readonly ReturnType<typeof part>[];
}

const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const relation = (id: string, type: string, target: string) =>
  `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
const relations = (list: string) =>
  `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list}</Relationships>`;

export const sheetXml = (rows: string) =>
  `${XML}<worksheet xmlns="${MAIN}"><dimension ref="A1:XFD1048576"/><sheetData>${rows}</sheetData></worksheet>`;

/** The parts of a workbook but its sheet, xl/worksheets/sheet1.xml. */
export const workbookParts = ({ texts, styles = "", from1904, before = "", more = [] }: WorkbookText) => [
  part("_rels/.rels", relations(relation("r1", "officeDocument", "xl/workbook.xml"))),
  part(
    "xl/workbook.xml",
    `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><workbookPr${from1904 ? ' date1904="1"' : ""}/><sheets>${before}<sheet name="Data" sheetId="1" r:id="r1"/></sheets></workbook>`,
  ),
  part(
    "xl/_rels/workbook.xml.rels",
    relations(
      relation("r1", "worksheet", "worksheets/sheet1.xml") +
        relation("r2", "sharedStrings", "/xl/sharedStrings.xml") +
        relation("r3", "styles", "styles.xml"),
    ),
  ),
  part("xl/styles.xml", `${XML}<styleSheet xmlns="${MAIN}">${styles}</styleSheet>`),
  part(
    "xl/sharedStrings.xml",
    `${XML}<sst xmlns="${MAIN}">${(texts ?? []).map((text) => `<si>${text}</si>`).join("")}</sst>`,
  ),
  ...more,
];

export const workbook = (text: WorkbookText) =>
  zip([...workbookParts(text), part("xl/worksheets/sheet1.xml", sheetXml(text.rows))]);
