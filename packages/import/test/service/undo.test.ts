import { Import_State } from "@guanxi/contract/guanxi/imports/v1/import";
import type { TestUser } from "@guanxi/testkit/service";
import { afterAll, expect, test } from "vitest";
import { counts, csv, productRows, startGoods, withoutIds } from "./goods.ts";

const goods = await startGoods();
afterAll(() => goods.stop());

const undone = async (user: TestUser, importId: string) => {
  const { state, undoCounts } = await goods.takeBack(user, importId);
  expect(state).toBe(Import_State.UNDONE);
  return [undoCounts!.removedRecords, undoCounts!.restoredRecords, undoCounts!.keptRecords].map(Number);
};

const withoutVersion = (products: Record<string, unknown>[]) =>
  products.map((product) => ({ ...product, version: 0 }));

test("undone, everything is as it was before, and each step back is told", async () => {
  const lin = await goods.user();
  const first = productRows(700);
  await goods.take(lin, csv(first));
  const before = withoutVersion(await goods.products(lin));
  const changed = first.map((row, index) => (index % 7 === 0 ? { ...row, Name: `Renamed ${index}` } : row));
  const second = await goods.take(lin, csv([...changed, ...productRows(900, 5_000)]));
  expect(counts(second)).toMatchObject({ createdRecords: 900, updatedRecords: 100, unchangedRows: 600 });
  expect(await undone(lin, second.importId)).toEqual([900, 100, 0]);
  expect(withoutVersion(await goods.products(lin))).toEqual(before);
  const events = (await goods.events(lin.tenantId)).slice(700 + 1_000);
  expect(Object.groupBy(events, ({ type }) => type)).toMatchObject({
    ProductRemoved: { length: 900 },
    ProductChanged: { length: 100 },
  });
  const removed = events.find(({ type }) => type === "ProductRemoved")!;
  expect(removed).toMatchObject({ state: {}, meta: { version: 2, importId: second.importId } });
  expect(removed.previous.productCode).toMatch(/^C-5/);
  expect(removed.changedFields).toContain("product_code");
});

test("what was changed since stays, and so does what others depend on; both are named", async () => {
  const lin = await goods.user();
  const rows = productRows(20);
  const first = await goods.take(lin, csv(rows));
  await goods.take(lin, csv([{ ...rows[3]!, Name: "Changed since" }]));
  await goods.admin.query(
    "insert into stocks (tenant_id, product_id) select tenant_id, product_id from products where tenant_id = $1 and external_id = 'p11'",
    [lin.tenantId],
  );
  expect(await undone(lin, first.importId)).toEqual([18, 0, 2]);
  expect((await goods.products(lin)).map(({ name }) => name)).toEqual(["Product 11", "Changed since"]);
  const kept = (await goods.failures(lin, first.importId))
    .slice(1)
    .map((line) => line.split(",").slice(4, 6));
  expect(kept).toEqual([
    ["5", "CHANGED_SINCE"],
    ["13", "STILL_NEEDED"],
  ]);
});

test("an undo that something of ours holds up says so, and ends once it can", async () => {
  const lin = await goods.user();
  const { importId } = await goods.take(lin, csv(productRows(5)));
  await goods.admin.query("alter table import_records rename to mislaid");
  await goods.undo(lin, importId);
  const hasten = async () => {
    const last = "update jobs set attempts = 7, due_time = now() where subject_id = $1 and attempts > 0";
    await goods.admin.query(last, [importId]); // the next try is the one that says so, and comes at once
    return (await goods.get(lin, importId)).error;
  };
  await expect.poll(hasten, { timeout: 20_000 }).toContain("tried again each minute");
  expect((await goods.get(lin, importId)).state).toBe(Import_State.UNDOING);
  await goods.admin.query("alter table mislaid rename to import_records");
  await hasten();
  expect(await undone(lin, importId)).toEqual([5, 0, 0]);
  expect((await goods.get(lin, importId)).error).toBe("");
});

test("two imports are undone one after the other, the later one first", async () => {
  const lin = await goods.user();
  const rows = productRows(20);
  const first = await goods.take(lin, csv(rows));
  const second = await goods.take(lin, csv([{ ...rows[3]!, Name: "Changed since" }]));
  expect(await undone(lin, second.importId)).toEqual([0, 1, 0]);
  expect(await undone(lin, first.importId)).toEqual([20, 0, 0]);
});

test("what only services derive is nobody's change, and stays as they derived it", async () => {
  const lin = await goods.user();
  const rows = productRows(20);
  const first = await goods.take(lin, csv(rows));
  const second = await goods.take(lin, csv([{ ...rows[3]!, Name: "Changed since" }]));
  await goods.admin.query(
    "update products set category = 'derived', version = version + 1 where tenant_id = $1 and external_id in ('p3', 'p4')",
    [lin.tenantId],
  );
  expect(await undone(lin, second.importId)).toEqual([0, 1, 0]);
  const restored = (await goods.products(lin)).find(({ name }) => name === "Product 3");
  expect(restored).toMatchObject({ category: "derived" });
  expect(await undone(lin, first.importId)).toEqual([20, 0, 0]);
});

test("undone once more it changes nothing; run again it is refused, and a new import makes the same anew", async () => {
  const lin = await goods.user();
  const rows = withoutIds(productRows(40));
  const first = await goods.take(lin, csv(rows));
  await undone(lin, first.importId);
  const events = (await goods.events(lin.tenantId)).length;
  expect((await goods.undo(lin, first.importId)).state).toBe(Import_State.UNDONE);
  await expect(goods.run(lin, first.importId)).rejects.toMatchObject({ reason: "IMPORT_UNDONE" });
  expect(await goods.events(lin.tenantId)).toHaveLength(events);
  expect(counts(await goods.take(lin, csv(rows)))).toMatchObject({ createdRecords: 40 });
});

test("a record that one import wrote in parts goes as one", async () => {
  const lin = await goods.user();
  const lines = Array.from({ length: 1_500 }, (_, index) => ({
    Set: `S${index % 1_400}`,
    Part: `part ${index}`,
  }));
  const it = await goods.take(lin, csv(lines), { kind: "set" });
  expect(counts(it)).toMatchObject({ createdRecords: 1_400, createdRows: 1_500 });
  expect(await undone(lin, it.importId)).toEqual([1_400, 0, 0]);
  expect(await goods.products(lin)).toEqual([]);
});
