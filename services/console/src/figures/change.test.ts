import fc from "fast-check";
import { expect, test } from "vitest";
import { changeOf } from "./change.ts";

test("a share changes by points, an amount by a part of itself", () => {
  expect(changeOf("share", 0.25, 0.2)).toMatchObject({
    word: "risePoints",
    by: expect.closeTo(5),
    kind: "number",
  });
  expect(changeOf("money", 150, 200)).toEqual({ word: "fall", by: 0.25, kind: "share" });
  expect(changeOf("points", 20, 35)).toEqual({ word: "fall", by: 15, kind: "points" });
});

test("of nothing, and of 0, there is no part", () => {
  expect(changeOf("count", 5, undefined)).toEqual({ word: "nothingBefore" });
  expect(changeOf("count", 5, 0)).toEqual({ word: "zeroBefore" });
  expect(changeOf("count", 0, 0)).toEqual({ word: "same" });
});

test("what rises is more than before, also below 0", () => {
  const numbers = fc.integer({ min: -1000, max: 1000 });
  fc.assert(
    fc.property(
      fc.constantFrom("share", "money", "count", "points", "days"),
      numbers,
      numbers,
      (kind, value, before) => {
        const { word, by = 0 } = changeOf(kind, value, before);
        expect(by).toBeGreaterThanOrEqual(0);
        if (word.startsWith("rise")) expect(value).toBeGreaterThan(before);
        if (word.startsWith("fall")) expect(value).toBeLessThan(before);
      },
    ),
  );
});
