import type {
  GetImportRequest,
  Import,
  ImportFault,
  ListImportKindsRequest,
  ListImportKindsResponse,
  ListImportsRequest,
  ListImportsResponse,
  PreviewImportRequest,
  PreviewImportResponse,
  PreviewRow,
} from "@guanxi/contract/guanxi/imports/v1/import";
import type { At } from "@guanxi/kit/at";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { get } from "@guanxi/kit/store";
import { FileFault, type RowFault } from "../fault.ts";
import { readRows } from "../rows.ts";
import type { FileRow } from "../types.ts";
import { watchColumn } from "../values.ts";
import { readChunks } from "./chunks.ts";
import { type FailedRow, failuresAfter, START } from "./file.ts";
import { importFields, imports } from "./imports.ts";
import type { Kind, Value } from "./kind.ts";
import { expired, noFile } from "./refusals.ts";
import { type ImportState, present } from "./state.ts";
import { type Typing, typingOf } from "./typing.ts";

type Kinds = ReadonlyMap<string, Kind>;

export const listImportKinds = (kinds: Kinds) =>
  query<ListImportKindsRequest, ListImportKindsResponse>(async (_, at) => {
    const all = [...kinds.values()].map(async (kind) => ({
      kind: kind.name,
      fields: (await kind.fields(at)).map(({ name, kind: type, required = false, headers, values = [] }) => ({
        name,
        type,
        required,
        headers: [...headers],
        values: [...values],
      })),
    }));
    return { kinds: await Promise.all(all) };
  });

export const getImport = query<GetImportRequest, Import>(async ({ importId }, at) =>
  present(await get(at, imports, importId)),
);

export const listImports = query<ListImportsRequest, ListImportsResponse>(async (request, at) => {
  const newestFirst = { ...request, orderBy: "create_time desc" };
  const options = { request: newestFirst, catalogue: importFields, orders: ["create_time"] };
  const { items, nextPageToken } = await list(at, imports, options);
  return { imports: items.map(present), nextPageToken };
});

const ROWS = 20;

export const previewImport = (kinds: Kinds) =>
  query<PreviewImportRequest, PreviewImportResponse>(async ({ importId, rowCount, failures }, at) => {
    const state = await get(at, imports, importId);
    if (failures) {
      const failed = await failuresAfter(at, kinds.get(state.kind)!, state, START, rowCount || ROWS);
      return { columns: [...state.columns], rows: failed.map(failedRow) };
    }
    if (!state.uploadId) throw noFile();
    if (state.fileExpireTime! <= at.now) throw expired();
    const rows = await firstRows(at, state);
    const { timeZone, currencyCode } = at;
    const kind = kinds.get(state.kind)!;
    const reading = { kind, fields: await kind.fields(at), timeZone, currencyCode };
    const seen = { ...state, manners: state.manners ?? mannersIn(rows, typingOf({ ...reading, state })) };
    const typing = typingOf({ ...reading, state: seen });
    return { columns: [...state.columns], rows: rows.slice(0, rowCount || ROWS).map(previewOf(typing)) };
  });

/** Those before a fault of the file: the run will name it. */
async function firstRows(at: At, { uploadId, format }: ImportState): Promise<readonly FileRow[]> {
  try {
    for await (const { rows } of readRows(readChunks(uploadId!, (work) => work(at)).bytes, format!))
      return rows;
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
  }
  return [];
}

/** By the first thousand rows; the run looks at all of them. */
function mannersIn(rows: readonly FileRow[], { steps }: Typing): ImportState["manners"] {
  return Object.fromEntries(
    steps.map(({ column, index, field }) => {
      const watch = watchColumn(field.kind);
      for (const { values } of rows) watch.see(values[index] ?? "");
      return [column, watch.manner()];
    }),
  );
}

const previewOf =
  (typing: Typing) =>
  (row: FileRow): PreviewRow => {
    const { number, cells, values, faults } = typing.read(row);
    const fields = [...values].map(([field, value]) => [field, [value].flat().map(shown).join("\n")]);
    return {
      row: BigInt(number),
      cells: [...cells],
      fields: Object.fromEntries(fields) as Record<string, string>,
      faults: faults.map(faultMessage),
    };
  };

const failedRow = ({ row, cells, faults }: FailedRow): PreviewRow => ({
  row,
  cells: [...cells],
  fields: {},
  faults: faults.map(faultMessage),
});

const faultMessage = ({ matchedFields = [], ...fault }: RowFault): ImportFault => ({
  column: "",
  recordId: "",
  ...fault,
  matchedFields: [...matchedFields],
});

function shown(value: Value): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === "bigint" ? moneyText(value) : String(value);
}

function moneyText(micros: bigint): string {
  const digits = String(micros < 0n ? -micros : micros).padStart(7, "0");
  const decimals = digits.slice(-6).replace(/0{1,4}$/, "");
  return `${micros < 0n ? "-" : ""}${digits.slice(0, -6)}.${decimals}`;
}
