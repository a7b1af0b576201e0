import { expect, test } from "vitest";
import { monthsFrom } from "./days.ts";
import { closeCondition, dealFilter, leadFilter, MONTHS_SHOWN } from "./filter.ts";
import type { Close } from "./search.ts";

const moment = { today: "2026-11-22", me: "u1" };

test("what is chosen becomes one condition", () => {
  const place = { pipelineId: "p1", type: "OPEN" as const, stageId: "proposal" };
  expect(dealFilter(place, { owner: "me", close: "none" }, moment)).toBe(
    'pipeline_id == "p1" && stage_type == "OPEN" && stage_id == "proposal" && owner_id == "u1" && !has(expected_close_date)',
  );
  expect(dealFilter({ pipelineId: "p1", type: "WON" }, {}, moment)).toBe(
    'pipeline_id == "p1" && stage_type == "WON"',
  );
});

test("what somebody types is text in the condition, never a part of it", () => {
  expect(leadFilter({ text: 'a" || true || "' }, moment)).toBe(
    String.raw`organisation_name.contains("a\" || true || \"")`,
  );
  expect(leadFilter({ owner: "nobody" }, moment)).toBe("!has(owner_id)");
});

/** Reads the comparisons of a condition, as the service would. */
const holds = (condition: string, day: string) =>
  [...condition.matchAll(/expected_close_date (<|>=) "([\d-]+)"/g)].every(([, is, than]) =>
    is === "<" ? day < than! : day >= than!,
  );

test("R105 each day stands in exactly one part of the forecast, at any time of the year", () => {
  const wrong: string[] = [];
  for (const today of ["2026-01-01", "2026-02-28", "2026-11-22", "2026-12-31", "2028-02-29"]) {
    const parts: Close[] = ["overdue", ...(monthsFrom(today, MONTHS_SHOWN) as Close[]), "later"];
    for (let offset = -400; offset <= 400; offset++) {
      const day = new Date(Date.parse(today) + offset * 86_400_000).toISOString().slice(0, 10);
      const found = parts.filter((part) => holds(closeCondition(part, today), day));
      const right = found.length === 1 && (found[0] === "overdue") === day < today;
      if (!right) wrong.push(`${day} seen on ${today}: ${found.join(", ")}`);
    }
  }
  expect(wrong).toEqual([]);
});
