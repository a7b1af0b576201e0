// The steps of an import, as the tests take them.
import { ImportServiceService as rpcs } from "@guanxi/contract/guanxi/sales/v1/import_service";
import {
  CancelImportRequest,
  CreateImportRequest,
  DownloadFailuresRequest,
  GetImportRequest,
  type Import,
  Import_State,
  RunImportRequest,
  UndoImportRequest,
  UploadImportRequest,
} from "@guanxi/contract/guanxi/imports/v1/import";
import { fetchFile, sendFile } from "@guanxi/testkit/files";
import { startService, type TestUser } from "@guanxi/testkit/service";
import { setTimeout as pause } from "node:timers/promises";
import { goodsApp } from "./goods-app.ts";

export interface Row {
  readonly [column: string]: string | number;
}

/** Rows as CSV, under the columns of the first. */
export function csv(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0]!);
  const cell = (value: string | number | undefined) => `"${String(value ?? "").replaceAll('"', '""')}"`;
  return [columns, ...rows.map((row) => columns.map((column) => row[column]))]
    .map((cells) => cells.map(cell).join(","))
    .join("\n");
}

/** Products that differ by their number. */
export const productRows = (count: number, from = 0): Row[] =>
  Array.from({ length: count }, (_, index) => ({
    ID: `p${from + index}`,
    Code: `C-${from + index}`,
    Name: `Product ${from + index}`,
    Price: 10 + ((from + index) % 90),
  }));

export const withoutIds = (rows: readonly Row[]): Row[] =>
  rows.map((row) => Object.fromEntries(Object.entries(row).filter(([column]) => column !== "ID")));

const PIECE = 64 * 1024;

function* pieces(importId: string, bytes: Buffer) {
  yield UploadImportRequest.fromPartial({ importId, file: { contentType: "text/csv" } });
  for (let at = 0; at < bytes.length; at += PIECE)
    yield UploadImportRequest.fromPartial({ file: { data: bytes.subarray(at, at + PIECE) } });
}

const ENDED: readonly Import_State[] = [
  Import_State.COMPLETED,
  Import_State.COMPLETED_WITH_ERRORS,
  Import_State.FAILED,
  Import_State.CANCELLED,
  Import_State.UNDONE,
];

/** A question that meets a session which was just cut is asked again, as any caller would. */
async function patiently<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      if ((error as { code?: unknown }).code !== "UNAVAILABLE" || tries === 20) throw error;
      await pause(50);
    }
  }
}

export async function startGoods() {
  const service = await startService(goodsApp);
  const at = (user: TestUser) => ({ address: service.grpcAddress(), token: user.token });

  async function create(user: TestUser, sent: Partial<Import> = {}) {
    const it = { kind: "product", sourceSystem: "erp", fileName: "goods.csv", ...sent };
    return user.call(rpcs.createImport, CreateImportRequest.fromPartial({ import: it }));
  }
  const upload = (user: TestUser, importId: string, file: string | Buffer) =>
    sendFile(at(user), rpcs.uploadImport, pieces(importId, Buffer.from(file)));
  const get = (user: TestUser, importId: string): Promise<Import> =>
    patiently(() => user.call(rpcs.getImport, GetImportRequest.fromPartial({ importId })));
  const run = (user: TestUser, importId: string) =>
    user.call(rpcs.runImport, RunImportRequest.fromPartial({ importId }));
  const cancel = (user: TestUser, importId: string) =>
    user.call(rpcs.cancelImport, CancelImportRequest.fromPartial({ importId }));
  const undo = (user: TestUser, importId: string) =>
    user.call(rpcs.undoImport, UndoImportRequest.fromPartial({ importId }));

  async function until(user: TestUser, importId: string, is: (it: Import) => boolean): Promise<Import> {
    for (const end = Date.now() + 60_000; ; ) {
      const it = await get(user, importId);
      if (is(it)) return it;
      if (Date.now() > end)
        throw new Error(
          `the import stands at ${JSON.stringify(it, (_, value) => (typeof value === "bigint" ? Number(value) : value))}`,
        );
      await pause(20);
    }
  }
  const ended = (user: TestUser, importId: string) =>
    until(user, importId, ({ state }) => ENDED.includes(state));

  return {
    ...service,
    create,
    upload,
    get,
    run,
    cancel,
    undo,
    until,
    ended,
    /** From the creation to the end of the run. */
    async take(user: TestUser, file: string | Buffer, sent: Partial<Import> = {}): Promise<Import> {
      const { importId } = await create(user, sent);
      await upload(user, importId, file);
      await run(user, importId);
      return ended(user, importId);
    },
    async takeBack(user: TestUser, importId: string): Promise<Import> {
      await undo(user, importId);
      return ended(user, importId);
    },
    async failures(user: TestUser, importId: string): Promise<string[]> {
      const request = DownloadFailuresRequest.fromPartial({ importId });
      const all = await patiently(() => fetchFile(at(user), rpcs.downloadFailures, request));
      return Buffer.concat(all.map(({ data }) => data))
        .toString()
        .split("\r\n")
        .filter(Boolean);
    },
    /** What stands in the tables, less ids and times. */
    async products(user: TestUser): Promise<Record<string, unknown>[]> {
      const { rows } = await service.admin.query(
        `select product_code as code, display_name as name, category, list_price_micros as price, parts, external_id as id,
           version, array_agg(word order by word) as words
         from products p left join product_words w on w.tenant_id = p.tenant_id and w.product_id = p.product_id
         where p.tenant_id = $1 group by p.tenant_id, p.product_id order by product_code`,
        [user.tenantId],
      );
      return rows as Record<string, unknown>[];
    },
  };
}

export const counts = ({ counts }: Import) =>
  Object.fromEntries(Object.entries(counts!).map(([name, count]) => [name, Number(count)]));
