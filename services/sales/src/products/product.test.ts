import { Product } from "@guanxi/contract/guanxi/sales/v1/product";
import { expect, test } from "vitest";
import { present } from "./present.ts";
import { add, archive, change, restore } from "./product.ts";

const now = new Date("2026-03-01T12:00:00Z");
const yuan = (units: bigint) => ({ currencyCode: "CNY", units, nanos: 0 });
const make = (sent: object = {}) =>
  add(Product.fromPartial({ productCode: "GTX-PRO", displayName: "GTX Pro", ...sent }), "p", now);
const violationOf = (field: string, reason: string) =>
  expect.objectContaining({ violations: [expect.objectContaining({ field, reason })] });

test("a product is as it was sent, and what was not said is absent", () => {
  const sent = { category: "GTX", listPrice: yuan(4821n), unitCost: yuan(3000n) };
  expect(present(make(sent))).toMatchObject({ productCode: "GTX-PRO", ...sent });
  expect(make()).toMatchObject({ category: null, listPrice: null, currencyCode: null, state: "ACTIVE" });
});

test("the cost is in the currency of the price", () => {
  const dollars = { currencyCode: "USD", units: 1n, nanos: 0 };
  expect(() => make({ listPrice: yuan(2n), unitCost: dollars })).toThrow(
    violationOf("product.unit_cost", "CURRENCY_MISMATCH"),
  );
  expect(present(make({ unitCost: dollars })).unitCost).toEqual(dollars);
});

test("a price is not negative", () => {
  expect(() => make({ listPrice: yuan(-1n) })).toThrow(violationOf("product.list_price", "INVALID_AMOUNT"));
});

test("archiving and restoring twice changes nothing", () => {
  const later = new Date("2026-03-02T12:00:00Z");
  const archived = archive(make(), later);
  expect(archived).toMatchObject({ state: "ARCHIVED", updateTime: later });
  expect(archive(archived, now)).toBe(archived);
  const restored = restore(archived, later);
  expect(restored).toMatchObject({ state: "ACTIVE" });
  expect(restore(restored, now)).toBe(restored);
});

test("a change keeps who it is and when it came", () => {
  const changed = change(
    make(),
    Product.fromPartial({ productCode: "X", displayName: "ＧＴＸ 专业版" }),
    new Date(),
  );
  expect(changed).toMatchObject({ productId: "p", createTime: now, nameKey: "gtx专业版" });
});
