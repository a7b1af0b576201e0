import fc from "fast-check";
import { expect, test } from "vitest";
import { amountsOf, type StoredLine, totalsOf } from "./order-lines.ts";

const line = (given: Partial<StoredLine> = {}): StoredLine => ({
  productId: null,
  productCode: "85123A",
  description: "",
  quantity: "1",
  listPrice: "0",
  discount: "0",
  unitCost: null,
  ...given,
});

const decimal = fc
  .tuple(fc.boolean(), fc.nat(999_999_999), fc.nat(999_999), fc.nat(6))
  .map(([negative, whole, fraction, digits]) => {
    const decimals = String(fraction).padStart(6, "0").slice(0, digits);
    return `${negative ? "-" : ""}${whole}${decimals ? `.${decimals}` : ""}`;
  });
const micros = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }).map(String);
const lines = fc.array(
  fc
    .record({ quantity: decimal, listPrice: micros, discount: micros, unitCost: fc.option(micros) })
    .map(line),
  { minLength: 1, maxLength: 30 },
);

test("an amount is quantity × price, half up to the millionth", () => {
  expect(amountsOf(line({ quantity: "0.5", listPrice: "1" })).list).toBe(1n);
  expect(amountsOf(line({ quantity: "0.499999", listPrice: "1" })).list).toBe(0n);
  expect(amountsOf(line({ quantity: "-0.5", listPrice: "1" })).list).toBe(-1n);
  expect(amountsOf(line({ quantity: "3", listPrice: "2550000", discount: "650000" }))).toEqual({
    list: 7_650_000n,
    discount: 650_000n,
    net: 7_000_000n,
    cost: null,
  });
});

test("R003 R110 the sums are those of the lines, to the last millionth", () => {
  fc.assert(
    fc.property(lines, (all) => {
      const totals = totalsOf(all);
      const amounts = all.map(amountsOf);
      expect(totals.netMicros).toBe(amounts.reduce((sum, { net }) => sum + net, 0n));
      expect(totals.netMicros).toBe(totals.listMicros - totals.discountMicros);
      const known = amounts.filter(({ cost }) => cost !== null);
      expect(totals.linesWithoutCost).toBe(all.length - known.length);
      expect(totals.marginMicros + totals.costMicros).toBe(known.reduce((sum, { net }) => sum + net, 0n));
    }),
  );
});

test("what is given back in full cancels what was bought", () => {
  const back = (text: string) => (text.startsWith("-") ? text.slice(1) : `-${text}`);
  fc.assert(
    fc.property(lines, (all) => {
      const returned = all.map((one) => ({
        ...one,
        quantity: back(one.quantity),
        discount: String(-BigInt(one.discount)),
      }));
      const totals = totalsOf([...all, ...returned]);
      expect([totals.listMicros, totals.netMicros, totals.costMicros, totals.marginMicros]).toEqual([
        0n,
        0n,
        0n,
        0n,
      ]);
    }),
  );
});

test("neither the order of the lines nor their grouping changes a sum", () => {
  fc.assert(
    fc.property(lines, lines, (some, others) => {
      const [one, two, both] = [totalsOf(some), totalsOf(others), totalsOf([...others, ...some].reverse())];
      expect(both.netMicros).toBe(one.netMicros + two.netMicros);
      expect(both.marginMicros).toBe(one.marginMicros + two.marginMicros);
    }),
  );
});
