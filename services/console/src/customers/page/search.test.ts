import fc from "fast-check";
import { expect, test } from "vitest";
import { customerSearch } from "./search.ts";
import { conditionOf } from "./timeline-filter.ts";

test("an address that somebody has garbled shows the page all the same", () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom("tab", "area", "channel", "kinds", "minor"), fc.anything()),
      (search) => {
        const found = customerSearch(search);
        expect(customerSearch({ ...found })).toEqual(found);
      },
    ),
  );
});

test("what stands in the address is what is asked for", () => {
  const search = customerSearch({
    area: "sales",
    channel: "PHONE",
    kinds: ["order_placed", "order_placed", 'x" || true'],
    minor: true,
    tab: "timeline",
    more: 1,
  });
  expect(search).toEqual({
    area: "sales",
    channel: "PHONE",
    kinds: ["order_placed"],
    minor: true,
    tab: "timeline",
  });
  expect(conditionOf(search)).toBe('area == "sales" && channel == "PHONE" && kind in ["order_placed"]');
  expect(conditionOf({})).toBe("");
});
