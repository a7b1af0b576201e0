import type { TypedRow, Value } from "@guanxi/import/service/kind";
import fc from "fast-check";
import { expect, test } from "vitest";
import { amountsOf } from "../orders/order-lines.ts";
import { lineOf, type LineSetting } from "./order-lines.ts";

const product = {
  productId: "p",
  productCode: "GTX",
  displayName: "GTX Pro",
  currencyCode: "CNY",
  listPrice: 4_821_000_000n,
  unitCost: 3_000_000_000n,
};
const setting: LineSetting = {
  mapped: new Set(["quantity", "list_price", "line_amount"]),
  currencyCode: "CNY",
  products: new Map([["GTX", product]]),
};
const row = (values: Record<string, Value>): TypedRow => ({
  number: 2,
  values: new Map(Object.entries(values)),
});
const line = (values: Record<string, Value>, given: Partial<LineSetting> = {}) =>
  lineOf(row(values), { ...setting, ...given }, undefined);
const reasonOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as { fault: { reason: string } }).fault.reason;
  }
  throw new Error("it was not refused");
};

test("an amount by line is kept to the last millionth, whatever the quantity", () => {
  const count = fc.integer({ min: -99_999, max: 99_999 }).filter((each) => each !== 0);
  fc.assert(
    fc.property(count, fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), (quantity, amount) => {
      const { net, discount } = amountsOf(line({ quantity, line_amount: amount }));
      expect(net).toBe(amount);
      expect(discount < BigInt(Math.abs(quantity)) && discount > -BigInt(Math.abs(quantity))).toBe(true);
    }),
  );
});

test("where price and amount are there, what is between them is the discount", () => {
  expect(line({ quantity: 3, list_price: 10_000_000n, line_amount: 27_000_000n })).toMatchObject({
    listPrice: "10000000",
    discount: "3000000",
  });
  expect(line({ quantity: 3, list_price: 10_000_000n, discount: 1_000_000n }).discount).toBe("1000000");
});

test("a product gives name, price and cost where the file does not; what an order cost it costs still", () => {
  const known = line({ product_code: "GTX", quantity: 2 });
  expect(known).toEqual({
    productId: "p",
    productCode: "GTX",
    description: "GTX Pro",
    quantity: "2",
    listPrice: "4821000000",
    discount: "0",
    unitCost: "3000000000",
  });
  const before = { ...known, unitCost: "1" };
  expect(lineOf(row({ product_code: "GTX", quantity: 2 }), setting, before).unitCost).toBe("1");
  expect(
    lineOf(row({ product_code: "X", quantity: 2, list_price: 1n }), setting, before).unitCost,
  ).toBeNull();
  expect(
    line({ product_code: "GTX", quantity: 1, list_price: 1n }, { currencyCode: "EUR" }).unitCost,
  ).toBeNull();
  expect(reasonOf(() => line({ product_code: "GTX", quantity: 1 }, { currencyCode: "EUR" }))).toBe(
    "MISSING_VALUE",
  );
});

test("quantities are written as people write them, and must be such as an order can have", () => {
  expect(line({ quantity: -80_995, list_price: 1n }).quantity).toBe("-80995");
  expect(line({ quantity: 0.5, list_price: 1n }).quantity).toBe("0.5");
  expect(line({ quantity: 100, list_price: 1n }).quantity).toBe("100");
  expect(line({ list_price: 1n }, { mapped: new Set() }).quantity).toBe("1");
  expect(reasonOf(() => line({ list_price: 1n }))).toBe("MISSING_VALUE");
  expect(reasonOf(() => line({ quantity: 1e-7, list_price: 1n }))).toBe("TOO_PRECISE");
  expect(reasonOf(() => line({ quantity: 1e9, list_price: 1n }))).toBe("TOO_LARGE");
  expect(reasonOf(() => line({ quantity: 0, line_amount: 1n }))).toBe("MISSING_VALUE");
  expect(reasonOf(() => line({ quantity: 1, list_price: 1n, unit_cost: -1n }))).toBe("INVALID_VALUE");
});
