import fc from "fast-check";
import { expect, test } from "vitest";
import { isSampled, type Occasion, placeOf } from "./sampling.ts";

const occasions: fc.Arbitrary<Occasion> = fc.record({
  surveyId: fc.uuid(),
  customerId: fc.uuid(),
  occasionKey: fc.string(),
});
const percents = fc.integer({ min: 0, max: 100 });

test("R072 an occasion is decided the same way however often it is looked at, and a greater share holds the smaller", () => {
  fc.assert(
    fc.property(occasions, percents, percents, (occasion, one, other) => {
      const [less, more] = [Math.min(one, other), Math.max(one, other)];
      expect(isSampled({ ...occasion }, one)).toBe(isSampled(occasion, one));
      if (isSampled(occasion, less)) expect(isSampled(occasion, more)).toBe(true);
    }),
  );
});

test("R072 of no share nobody is asked, and of the whole everybody", () => {
  fc.assert(
    fc.property(occasions, (occasion) => {
      expect(isSampled(occasion, 0)).toBe(false);
      expect(isSampled(occasion, 100)).toBe(true);
    }),
  );
});

test("R072 places are spread evenly, and each part of an occasion moves them", () => {
  const of = (occasionKey: string) => ({ surveyId: "s", customerId: "c", occasionKey });
  const places = Array.from({ length: 10_000 }, (_, index) => placeOf(of(String(index))));
  for (const percent of [1, 10, 50, 90])
    expect(Math.abs(places.filter((place) => place * 100 < percent).length / 100 - percent)).toBeLessThan(
      1.5,
    );
  const parts = [of("1"), of("2"), { ...of("1"), surveyId: "t" }, { ...of("1"), customerId: "d" }];
  expect(new Set(parts.map(placeOf)).size).toBe(parts.length);
});
