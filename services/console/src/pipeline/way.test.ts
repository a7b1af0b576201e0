import { expect, test } from "vitest";
import { versionsOf } from "./changes.ts";
import { stepsOf } from "./way.ts";

const entry = (
  stageId: string,
  day: number | undefined,
  stageType: "TYPE_OPEN" | "TYPE_WON" = "TYPE_OPEN",
) => ({
  stageId,
  stageType,
  userId: "",
  reason: "",
  ...(day && { enterDate: { year: 2026, month: 11, day } }),
});

test("R107 days of a stage last until the next one; of the present one until today, while it is open", () => {
  const open = stepsOf([entry("a", 1), entry("b", 4), entry("c", 10)], "2026-11-22");
  expect(open.map(({ days }) => days)).toEqual([3, 6, 12]);
  const won = stepsOf([entry("a", 1), entry("won", 4, "TYPE_WON")], "2026-11-22");
  expect(won.map(({ days }) => days)).toEqual([3, undefined]);
});

test("a day that nobody knows makes no days up", () => {
  const steps = stepsOf([entry("a", undefined), entry("b", 4)], "2026-11-22");
  expect(steps.map(({ days }) => days)).toEqual([undefined, 18]);
});

test("the changes of one version stand together, as the page names fields", () => {
  const change = (version: number, field: string, oldValue: string, newValue: string) => ({
    version,
    field,
    oldValue,
    newValue,
  });
  const versions = versionsOf([
    change(2, "stage_id", '"a"', '"b"'),
    change(2, "probability", "10", "20"),
    change(3, "amount", "", '{"units":"5"}'),
  ]);
  expect(versions).toMatchObject([
    {
      version: 2,
      changes: [
        { field: "stageId", before: "a", after: "b" },
        { field: "probability", before: 10 },
      ],
    },
    { version: 3, changes: [{ field: "amount", before: undefined, after: { units: "5" } }] },
  ]);
});
