import { ImportServiceService as rpcs } from "@guanxi/contract/guanxi/sales/v1/import_service";
import {
  ConfigureImportRequest,
  Import_State,
  ListImportKindsRequest,
  ListImportsRequest,
  PreviewImportRequest,
  UploadImportRequest,
} from "@guanxi/contract/guanxi/imports/v1/import";
import { WaitForRequest, WatermarkServiceService } from "@guanxi/contract/guanxi/event/v1/event_service";
import { sendFile } from "@guanxi/testkit/files";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { pace } from "./goods-app.ts";
import { counts, csv, productRows, startGoods } from "./goods.ts";

const goods = await startGoods();
afterAll(() => goods.stop());

const may = (...rights: string[]) =>
  rights.map((right) => ({ resource: right.split(":")[0]!, action: right.split(":")[1]! }));

test("whoever runs an import needs the rights on the records, and nobody else's import is seen", async () => {
  const lin = await goods.user();
  const { importId } = await goods.create(lin);
  await goods.upload(lin, importId, csv(productRows(3)));
  const grants = may("sales_import:create", "sales_import:read", "sales_import:undo", "product:create");
  const clerk = await goods.user({ tenantId: lin.tenantId, grants });
  await expect(goods.run(clerk, importId)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  const reader = await goods.user({
    tenantId: lin.tenantId,
    grants: may("sales_import:read", "sales_import:read_file"),
  });
  await expect(goods.upload(reader, importId, "x")).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  expect(await goods.failures(reader, importId)).toHaveLength(1);
  const stranger = await goods.user();
  for (const step of [goods.get, goods.run, goods.cancel, goods.undo, goods.failures])
    await expect(step(stranger, importId)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(goods.upload(stranger, importId, "x")).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(goods.failures({ ...reader, token: "" }, importId)).rejects.toMatchObject({
    code: "UNAUTHENTICATED",
  });
  await goods.run(lin, importId);
  await goods.ended(lin, importId);
  await expect(goods.undo(clerk, importId)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  await expect(goods.run(lin, importId)).rejects.toMatchObject({ reason: "IMPORT_COMPLETED" });
});

test("a field with a right of its own needs it, and a right that is lost ends the import", async () => {
  const lin = await goods.user();
  const grants = may("sales_import:create", "sales_import:read", "product:create", "product:update");
  const clerk = await goods.user({ tenantId: lin.tenantId, grants, name: "Clerk" });
  const priced = await goods.create(clerk);
  await goods.upload(clerk, priced.importId, csv(productRows(3)));
  await expect(goods.run(clerk, priced.importId)).rejects.toMatchObject({
    code: "PERMISSION_DENIED",
    message: expect.stringContaining("product:price"),
  });

  const { importId } = await goods.create(clerk);
  await goods.upload(clerk, importId, csv(productRows(2500).map(({ Price: _price, ...row }) => row)));
  pace.ms = 300;
  await goods.run(clerk, importId);
  await goods.until(clerk, importId, ({ counts }) => counts!.readRows > 0n);
  await goods.admin.query("update principals set grants = '[]', version = 2 where principal_id = $1", [
    clerk.userId,
  ]);
  const ended = await goods.ended(lin, importId);
  pace.ms = 0;
  expect(ended).toMatchObject({
    state: Import_State.FAILED,
    error: expect.stringContaining("Clerk may not go on with this import. This needs the right product:"),
  });
  expect(counts(ended)).toMatchObject({ failedRows: 0 });
  expect(counts(ended)["readRows"]).toBeLessThan(2500);
  await goods.run(lin, importId);
  expect(counts(await goods.ended(lin, importId))).toMatchObject({ readRows: 2500, createdRows: 2500 });
});

test("kinds, mapping and preview say what would become of a file", async () => {
  const lin = await goods.user();
  const { kinds } = await lin.call(rpcs.listImportKinds, ListImportKindsRequest.fromPartial({}));
  expect(kinds.map(({ kind }) => kind)).toEqual(["product", "set"]);
  expect(kinds[0]!.fields[1]).toMatchObject({ name: "product_code", type: "text", required: true });
  await expect(goods.create(lin, { kind: "dragon" })).rejects.toMatchObject({ reason: "UNKNOWN_KIND" });
  const { importId } = await goods.create(lin);
  await expect(goods.run(lin, importId)).rejects.toMatchObject({ reason: "FILE_MISSING" });
  const file = "货号;名称;价格;Remark\r\nA1;Ampel;1.234,50;x\r\n;Birne;much;y\r\n";
  const uploaded = await goods.upload(lin, importId, file);
  expect(uploaded).toMatchObject({
    state: Import_State.UPLOADED,
    format: { encoding: "utf-8", delimiter: ";" },
    mapping: [{ field: "product_code" }, { field: "display_name" }, { field: "list_price" }],
    unmappedColumns: ["Remark"],
    sizeBytes: BigInt(Buffer.byteLength(file)),
  });
  const preview = () => lin.call(rpcs.previewImport, PreviewImportRequest.fromPartial({ importId }));
  expect((await preview()).rows).toMatchObject([
    { row: 2n, fields: { product_code: "A1", list_price: "1234.50" }, faults: [] },
    {
      row: 3n,
      faults: [
        { column: "价格", reason: "NOT_A_NUMBER" },
        { column: "货号", reason: "MISSING_VALUE" },
      ],
    },
  ]);
  const configure = (sent: Partial<ConfigureImportRequest>) => {
    const request: Partial<ConfigureImportRequest> = { importId, ...sent };
    return lin.call(rpcs.configureImport, ConfigureImportRequest.fromPartial(request as object));
  };
  const mapping = [...uploaded.mapping, { column: "Remark", field: "category" }];
  await configure({ mapping, replacements: [{ column: "价格", from: "much", to: "9" }] });
  expect((await preview()).rows[1]).toMatchObject({ fields: { list_price: "9.00", category: "y" } });
  for (const wrong of [
    { column: "Nowhere", field: "category" },
    { column: "Remark", field: "colour" },
  ])
    await expect(configure({ mapping: [wrong] })).rejects.toMatchObject({ reason: "INVALID_MAPPING" });
});

test("a file that cannot be read is refused; a second upload takes the place of the first, half a one of none", async () => {
  const lin = await goods.user();
  const { importId } = await goods.create(lin);
  const pdf = Buffer.from("%PDF-1.7 and so on");
  await expect(goods.upload(lin, importId, pdf)).rejects.toMatchObject({
    code: "INVALID_ARGUMENT",
    reason: "FILE_REFUSED",
  });
  await goods.upload(lin, importId, csv(productRows(5)));
  await goods.upload(lin, importId, csv(productRows(20_000)));
  async function* halfOf() {
    yield UploadImportRequest.fromPartial({ importId, file: { data: Buffer.alloc(3_000_000, "a") } });
    throw new Error("the sender has gone");
  }
  const to = { address: goods.grpcAddress(), token: lin.token };
  await expect(sendFile(to, rpcs.uploadImport, halfOf())).rejects.toThrow("the sender has gone");
  await pause(300);
  const { sizeBytes, sha256 } = await goods.get(lin, importId);
  expect([Number(sizeBytes), sha256.length]).toEqual([Buffer.byteLength(csv(productRows(20_000))), 64]);
  const chunks = async () => {
    const { rows } = await goods.admin.query(
      "select count(distinct upload_id)::int as uploads, sum(length(bytes))::int as bytes from import_chunks where import_id = $1",
      [importId],
    );
    return rows[0] as { uploads: number; bytes: number };
  };
  expect((await chunks()).uploads).toBeGreaterThan(1);
  await goods.admin.query("update import_chunks set create_time = create_time - interval '2 hours'");
  await goods.admin.query("update jobs set due_time = now()");
  for (let tries = 0; (await chunks()).uploads > 1 && tries < 100; tries += 1) await pause(50);
  expect(await chunks()).toEqual({ uploads: 1, bytes: Number(sizeBytes) });
  // Seven days later.
  await goods.admin.query("update imports set file_expire_time = now() where import_id = $1", [importId]);
  await goods.admin.query("update jobs set due_time = now()");
  for (let tries = 0; (await chunks()).uploads > 0 && tries < 100; tries += 1) await pause(50);
  expect((await chunks()).uploads).toBe(0);
  await expect(goods.run(lin, importId)).rejects.toMatchObject({ reason: "FILE_EXPIRED" });
  const jobs = () => goods.admin.query("select from jobs where subject_id = $1", [importId]);
  for (let tries = 0; (await jobs()).rowCount && tries < 100; tries += 1) await pause(50);
  expect((await jobs()).rowCount).toBe(0);
});

test("the last event of an import has a place in the stream, for which another import and every reader can wait", async () => {
  const lin = await goods.user();
  const first = await goods.take(lin, csv(productRows(50)));
  const { lastSequence } = await goods.until(lin, first.importId, (it) => it.lastSequence > 0n);
  const { rows } = await goods.admin.query(
    "select max(stream_sequence) as last from event_log where tenant_id = $1",
    [lin.tenantId],
  );
  expect(rows).toEqual([{ last: String(lastSequence) }]);
  const waiting = WaitForRequest.fromPartial({ streamSequence: lastSequence });
  await goods.call(WatermarkServiceService.waitFor, waiting, await goods.serviceToken());
  const then = await goods.take(lin, csv(productRows(50, 50)), { afterSequence: lastSequence });
  expect(counts(then)).toMatchObject({ createdRows: 50 });
  const { imports, nextPageToken } = await lin.call(
    rpcs.listImports,
    ListImportsRequest.fromPartial({ pageSize: 1 }),
  );
  expect(imports.map(({ importId }) => importId)).toEqual([then.importId]);
  const request = ListImportsRequest.fromPartial({ pageSize: 1, pageToken: nextPageToken });
  expect((await lin.call(rpcs.listImports, request)).imports).toMatchObject([{ importId: first.importId }]);
});
