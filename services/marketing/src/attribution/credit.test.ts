import fc from "fast-check";
import { expect, test } from "vitest";
import { creditsOf, type Sale, type Touch } from "./credit.ts";
import { type Model, sharesOf, split } from "./models.ts";

const MODELS = ["FIRST_TOUCH", "LAST_TOUCH", "LINEAR", "TIME_DECAY", "POSITION"].map((name) => name as Model);
const [FIRST, LAST, LINEAR, DECAY, POSITION] = MODELS as [Model, Model, Model, Model, Model];
const DAY = 86_400_000;
const day = (number: number) => new Date(Date.UTC(2026, 0, 1) + number * DAY);
const sum = (all: readonly bigint[]) => all.reduce((total, each) => total + each, 0n);

test("each model shares as it says: first, last, the same, half for seven days, 40-20-40", () => {
  const ages = [14 * DAY, 7 * DAY, 0];
  const shares = (model: Model) => sharesOf(model, ages).map(Number);
  expect(shares(FIRST)).toEqual([1_000_000, 0, 0]);
  expect(shares(LAST)).toEqual([0, 0, 1_000_000]);
  expect(shares(LINEAR)).toEqual([333_334, 333_333, 333_333]);
  expect(shares(DECAY)).toEqual([142_857, 285_714, 571_429]);
  expect(shares(POSITION)).toEqual([400_000, 200_000, 400_000]);
  expect(sharesOf(POSITION, [DAY, 0]).map(Number)).toEqual([500_000, 500_000]);
  expect(sharesOf(POSITION, [3 * DAY, 2 * DAY, DAY, 0]).map(Number)).toEqual([
    400_000, 100_000, 100_000, 400_000,
  ]);
});

test("whatever is split, the parts add up to it exactly, and none is further from its share than a millionth", () => {
  const weights = fc.array(fc.bigInt(0n, 1_000_000n), { minLength: 1 }).filter((all) => sum(all) > 0n);
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 18n), 10n ** 18n), weights, (amount, all) => {
      const parts = split(amount, all);
      expect(sum(parts)).toBe(amount);
      const size = amount < 0n ? -amount : amount;
      for (const [index, part] of parts.entries()) {
        const exact = size * all[index]!;
        const off = (part < 0n ? -part : part) * sum(all) - exact;
        expect(off < sum(all) && -off < sum(all)).toBe(true);
      }
    }),
  );
});

test("whatever happened, the shares of a sale add up to all of it, or to nothing where no touch was in time", () => {
  const touch = fc.record({
    campaignId: fc.constantFrom("spring", "summer", "fair"),
    time: fc.integer({ min: -400, max: 100 }).map(day),
    attributionDays: fc.integer({ min: 0, max: 90 }),
  });
  const sale = fc.record({
    time: fc.integer({ min: -300, max: 100 }).map(day),
    amount: fc.bigInt(-(10n ** 15n), 10n ** 15n),
    margin: fc.option(fc.bigInt(-(10n ** 14n), 10n ** 14n), { nil: null }),
  });
  const history = [fc.array(touch, { maxLength: 12 }), fc.array(sale, { maxLength: 6 })] as const;
  fc.assert(
    fc.property(fc.constantFrom(...MODELS), ...history, (model, touches, drawn) => {
      const sales = drawn.map((each, index) => ({ ...each, conversionId: String(index) }));
      const credits = creditsOf(model, touches, sales);
      for (const { conversionId, amount, margin } of sales) {
        const of = credits.filter((credit) => credit.conversionId === conversionId);
        if (of.length === 0) continue;
        expect(sum(of.map(({ share }) => share))).toBe(1_000_000n);
        expect(sum(of.map((credit) => credit.amount))).toBe(amount);
        expect(sum(of.map((credit) => credit.margin))).toBe(margin ?? 0n);
      }
    }),
  );
});

const touch = (campaignId: string, number: number, attributionDays = 30): Touch => ({
  campaignId,
  time: day(number),
  attributionDays,
});
const sale = (conversionId: string, number: number, amount: bigint): Sale => ({
  conversionId,
  time: day(number),
  amount,
  margin: amount / 2n,
});

test("a touch counts for as many days as its campaign says, and never for a sale before it", () => {
  const touches = [touch("old", 0, 9), touch("spring", 5), touch("late", 11)];
  const credited = creditsOf(LINEAR, touches, [sale("order", 10, 100n)]).map(({ campaignId }) => campaignId);
  expect(credited).toEqual(["spring"]);
  expect(creditsOf(LINEAR, [touch("old", 1, 9)], [sale("order", 10, 100n)])).toHaveLength(1);
});

test("what is given back is taken from whom the sale before it was credited to", () => {
  const touches = [touch("spring", 1), touch("summer", 20)];
  const credits = creditsOf(LAST, touches, [sale("order", 10, 100n), sale("back", 25, -40n)]);
  expect(credits.map(({ campaignId, amount }) => [campaignId, amount])).toEqual([
    ["spring", 100n],
    ["spring", -40n],
  ]);
  expect(creditsOf(LAST, touches, [sale("back", 25, -40n)])).toEqual([]);
});
