import { Actor_Kind, Origin } from "@guanxi/contract/guanxi/event/v1/event";
import { Import_State } from "@guanxi/contract/guanxi/imports/v1/import";
import { afterAll, expect, test } from "vitest";
import { counts, csv, productRows, startGoods, withoutIds } from "./goods.ts";

const goods = await startGoods();
afterAll(() => goods.stop());

const none = {
  readRows: 0,
  createdRows: 0,
  updatedRows: 0,
  unchangedRows: 0,
  failedRows: 0,
  createdRecords: 0,
  updatedRecords: 0,
  similarRows: 0,
};

test("rows become records with an event each, said by the import in the name of a person", async () => {
  const lin = await goods.user();
  const it = await goods.take(lin, csv(productRows(2_500)));
  expect(it).toMatchObject({ state: Import_State.COMPLETED, error: "", unmappedColumns: [] });
  expect(counts(it)).toEqual({ ...none, readRows: 2_500, createdRows: 2_500, createdRecords: 2_500 });
  expect(it.readBytes).toBe(it.sizeBytes);
  const products = await goods.products(lin);
  expect(products).toHaveLength(2_500);
  expect(products[0]).toMatchObject({
    code: "C-0",
    name: "Product 0",
    price: "10000000",
    words: ["0", "Product"],
  });
  const events = await goods.events(lin.tenantId);
  expect(events).toHaveLength(2_500);
  expect(events[0]).toMatchObject({
    type: "ProductAdded",
    meta: {
      origin: Origin.IMPORT,
      importId: it.importId,
      actor: { kind: Actor_Kind.IMPORT, id: it.importId, name: "goods.csv" },
      initiator: { kind: Actor_Kind.USER, id: lin.userId },
    },
  });
});

test("the same file once more changes nothing and says nothing; a changed row changes its record alone", async () => {
  const lin = await goods.user();
  const rows = productRows(1_200);
  await goods.take(lin, csv(rows));
  const again = await goods.take(lin, csv(rows.map((row) => ({ Price: row.Price!, ...row }))));
  expect(counts(again)).toEqual({ ...none, readRows: 1_200, unchangedRows: 1_200 });
  expect(await goods.events(lin.tenantId)).toHaveLength(1_200);
  const third = await goods.take(
    lin,
    csv(rows.map((row, index) => (index === 700 ? { ...row, Name: "New" } : row))),
  );
  expect(counts(third)).toEqual({
    ...none,
    readRows: 1_200,
    unchangedRows: 1_199,
    updatedRows: 1,
    updatedRecords: 1,
  });
  const events = await goods.events(lin.tenantId);
  expect(events).toHaveLength(1_201);
  expect(events.at(-1)).toMatchObject({
    type: "ProductChanged",
    state: { displayName: "New" },
    previous: { displayName: "Product 700" },
  });
});

test("rows without an id are found again by what they hold", async () => {
  const lin = await goods.user();
  const rows = withoutIds(productRows(30));
  await goods.take(lin, csv(rows));
  const again = await goods.take(lin, csv([...rows, ...rows]));
  expect(counts(again)).toEqual({ ...none, readRows: 60, unchangedRows: 60 });
});

test("refused rows are counted, named with their cells, and stand in nobody's way", async () => {
  const lin = await goods.user();
  const rows = productRows(1_500);
  await goods.take(lin, csv([{ ID: "other", Code: "C-800", Name: "Taken", Price: 1 }]));
  const bad = rows.map((row, index) => {
    if (index === 3) return { ...row, Price: "much" };
    if (index === 5) return { ...row, Name: "" };
    return { ...row, Category: index === 7 ? "unknown" : "" };
  });
  const it = await goods.take(lin, csv([{ ...bad[0]!, Category: "" }, ...bad.slice(1)]));
  expect(it.state).toBe(Import_State.COMPLETED_WITH_ERRORS);
  expect(counts(it)).toEqual({
    ...none,
    readRows: 1_500,
    createdRows: 1_496,
    failedRows: 4,
    createdRecords: 1_496,
  });
  const [head, ...failures] = await goods.failures(lin, it.importId);
  expect(head).toBe("\uFEFFID,Code,Name,Price,Category,error_row,error_reason,error_message");
  expect(failures.map((line) => line.split(",").slice(0, 1).concat(line.split(",").slice(5, 7)))).toEqual([
    ["p3", "5", "NOT_A_NUMBER"],
    ["p5", "7", "MISSING_VALUE"],
    ["p7", "9", "UNKNOWN_REFERENCE"],
    ["p800", "802", "PRODUCT_EXISTS"],
  ]);
  expect(failures[2]).toContain("Category: There is no such category.");
});

test("of a key that comes twice the same row is known already, another one is refused and names the first", async () => {
  const lin = await goods.user();
  const rows = productRows(1_100);
  const twice = [...rows, rows[4]!, { ...rows[5]!, Name: "Other" }, rows[1_099]!];
  const it = await goods.take(lin, csv([rows[0]!, rows[0]!, ...twice.slice(1)]));
  expect(counts(it)).toEqual({
    ...none,
    readRows: 1_104,
    createdRows: 1_100,
    createdRecords: 1_100,
    unchangedRows: 3,
    failedRows: 1,
  });
  const [, failure] = await goods.failures(lin, it.importId);
  expect(failure).toMatch(/1104,DUPLICATE_KEY,Row 8 has the same id/);
});

test("a dry run counts what the run will count, names what it will refuse, and writes nothing", async () => {
  const lin = await goods.user();
  const rows = [
    ...productRows(1_300),
    { ...productRows(1)[0]!, Name: "Other" },
    { ID: "x", Code: "C-9", Name: "Twice", Price: 1 },
  ];
  const { importId } = await goods.create(lin, { dryRun: true });
  await goods.upload(lin, importId, csv(rows));
  await goods.run(lin, importId);
  const dry = await goods.ended(lin, importId);
  expect([await goods.products(lin), await goods.events(lin.tenantId)]).toEqual([[], []]);
  const real = await goods.take(lin, csv(rows));
  expect(counts(real)).toMatchObject({ readRows: 1_302, createdRows: 1_300, failedRows: 2 });
  // What the first batch would have made is not there for the second, so the code of row 1303 is not yet taken.
  expect(counts(dry)).toMatchObject({ readRows: 1_302, createdRows: 1_301, failedRows: 1 });
});

test("R103 rows of one key are one record, also over the border of a batch and where they come again", async () => {
  const lin = await goods.user();
  const lines = Array.from({ length: 3_000 }, (_, index) => ({
    Set: `S${Math.floor(index / 700)}`,
    Part: `part ${index}`,
    Count: 1,
  }));
  const back = [
    { Set: "S1", Part: "late", Count: 1 },
    { Set: "S2", Part: "", Count: 1 },
    { Set: "S2", Part: "with it", Count: 2 },
    { Set: "S2", Part: "worse", Count: "x" },
  ];
  const it = await goods.take(lin, csv([...lines, ...back]), { kind: "set" });
  expect(counts(it)).toEqual({
    ...none,
    readRows: 3_004,
    createdRows: 3_001,
    createdRecords: 5,
    failedRows: 3,
  });
  const products = await goods.products(lin);
  expect(products.map(({ parts }) => (parts as string[]).length)).toEqual([700, 701, 700, 700, 200]);
  expect((products[1]!.parts as string[]).at(-1)).toBe("late");
  const reasons = (await goods.failures(lin, it.importId)).slice(1).map((line) => line.split(",")[4]);
  expect(reasons).toEqual(["MISSING_VALUE", "PART_REFUSED", "NOT_A_NUMBER"]);
});

test("one file taken twice at the same time makes each record once", async () => {
  for (const count of [1, 1, 1, 700]) {
    const lin = await goods.user();
    const file = csv(productRows(count));
    const both = await Promise.all([goods.take(lin, file), goods.take(lin, file)]);
    const sum = (name: string) => both.reduce((all, it) => all + (counts(it)[name] ?? 0), 0);
    expect(["createdRecords", "unchangedRows", "failedRows"].map(sum)).toEqual([count, count, 0]);
    expect(await goods.products(lin)).toHaveLength(count);
  }
});
