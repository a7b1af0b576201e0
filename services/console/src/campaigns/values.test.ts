import type { Campaign } from "@guanxi/client/gen/guanxi";
import dayjs from "dayjs";
import { expect, test } from "vitest";
import { changedParts, inputOf, patchOf, type Values, valuesOf } from "./values.ts";

const values = valuesOf({
  name: "Autumn",
  description: "",
  kind: "",
  planId: "p",
  targetId: "t",
  audience: { segmentIds: ["a"], excludedSegmentIds: [], excludedCustomerIds: ["c"], condition: "" },
  steps: [{ step: 1, templateId: "m", waitDays: 0 }],
  startDate: { year: 2026, month: 3, day: 1 },
  budget: { currencyCode: "CNY", units: "12000", nanos: 50_000_000 },
} as unknown as Campaign); // the rest of it is in no form

test("what a form gives back untouched is no change", () => {
  expect(changedParts(values, { ...values })).toEqual([]);
  const day = dayjs("2026-03-01T14:30:00");
  expect(changedParts(values, { ...values, period: [day, null] })).toEqual([]);
  expect(changedParts({ ...values, period: null }, { ...values, period: [null, null] })).toEqual([]);
  expect(inputOf(values, "CNY")).toMatchObject({
    startDate: { year: 2026, month: 3, day: 1 },
    budget: { units: "12000", nanos: 50_000_000 },
    audience: { excludedCustomerIds: ["c"] },
  });
});

test("only what somebody has changed goes over what another has made of the rest", () => {
  const mine: Values = { ...values, name: "Mine", condition: "grade == 'A'", period: null, budget: null };
  const theirs: Values = { ...values, name: "Theirs", description: "Theirs", segmentIds: ["b"] };
  const parts = changedParts(values, mine);
  expect(parts).toEqual(["name", "condition", "period", "budget"]);
  expect(patchOf(mine, theirs, parts, "CNY")).toEqual({
    name: "Mine",
    audience: {
      segmentIds: ["b"],
      excludedSegmentIds: [],
      excludedCustomerIds: ["c"],
      condition: "grade == 'A'",
    },
    startDate: null,
    endDate: null,
    budget: null,
  });
});
