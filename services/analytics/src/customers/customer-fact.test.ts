import fc from "fast-check";
import { expect, test } from "vitest";
import { type CustomerFact, type Difference, differences } from "./customer-fact.ts";

const fact = (changes: Partial<CustomerFact> = {}): CustomerFact => ({
  customerId: "c1",
  stage: 1,
  grade: 0,
  source: 3,
  day: "2026-03-01",
  archived: false,
  ownerId: null,
  displayName: "晨光贸易",
  regionCode: "CN",
  version: 1,
  ...changes,
});
const bucket = (count: number, changes: Partial<Difference> = {}) => ({
  day: "2026-03-01",
  stage: 1,
  grade: 0,
  source: 3,
  count,
  ...changes,
});

test("a new customer enters a bucket, a changed one leaves the old for the new", () => {
  expect(differences([], [fact()])).toEqual([bucket(1)]);
  expect(differences([fact()], [fact({ grade: 1, version: 2 })])).toEqual([
    bucket(-1),
    bucket(1, { grade: 1 }),
  ]);
});

test("what is not counted by changes nothing", () => {
  expect(differences([fact()], [fact({ ownerId: "u1", version: 2 })])).toEqual([]);
});

test("archived ones leave, restored ones return, erased ones are gone", () => {
  expect(differences([fact()], [fact({ archived: true })])).toEqual([bucket(-1)]);
  expect(differences([fact({ archived: true })], [fact()])).toEqual([bucket(1)]);
  expect(differences([fact()], [])).toEqual([bucket(-1)]);
});

const anyFact = fc.record({
  customerId: fc.constantFrom("c1", "c2", "c3", "c4"),
  stage: fc.integer({ min: 0, max: 2 }),
  grade: fc.integer({ min: 0, max: 1 }),
  source: fc.integer({ min: 0, max: 1 }),
  day: fc.constantFrom("2026-03-01", "2026-03-02"),
  archived: fc.boolean(),
  ownerId: fc.constant(null),
  displayName: fc.constant(""),
  regionCode: fc.constant(""),
  version: fc.constant(1),
});

const add = (counts: Map<string, number>, all: readonly Difference[]) => {
  for (const { count, ...rest } of all) {
    const key = JSON.stringify(rest);
    const sum = (counts.get(key) ?? 0) + count;
    if (sum === 0) counts.delete(key);
    else counts.set(key, sum);
  }
  return counts;
};

test("however customers change, the kept counts are those of counting anew", () => {
  fc.assert(
    fc.property(
      fc.array(fc.uniqueArray(anyFact, { selector: (each) => each.customerId }), { maxLength: 12 }),
      (batches) => {
        const facts = new Map<string, CustomerFact>();
        const counts = new Map<string, number>();
        for (const batch of batches) {
          const before = batch.flatMap(({ customerId }) => facts.get(customerId) ?? []);
          add(counts, differences(before, batch));
          for (const each of batch) facts.set(each.customerId, each);
        }
        expect(counts).toEqual(add(new Map(), differences([], [...facts.values()])));
        expect([...counts.values()].every((count) => count > 0)).toBe(true);
      },
    ),
  );
});
