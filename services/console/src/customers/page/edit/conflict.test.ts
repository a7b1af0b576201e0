import fc from "fast-check";
import { expect, test } from "vitest";
import { changedKeys, type Choice, conflictOf, settled } from "./conflict.ts";

const KEYS = ["displayName", "legalName", "industry", "custom.size"];
const fields = fc.record(
  Object.fromEntries(KEYS.map((key) => [key, fc.constantFrom("", "a", "b", "c")])),
) as fc.Arbitrary<Record<string, string>>;

test("a field is in conflict only where both have changed it, and not to the same", () => {
  const base = { displayName: "a", legalName: "a", industry: "a", "custom.size": 1 };
  const mine = { ...base, displayName: "mine", legalName: "same", industry: "mine" };
  const theirs = { ...base, displayName: "theirs", legalName: "same", "custom.size": 2 };
  expect(conflictOf(base, mine, theirs)).toEqual({
    both: ["displayName"],
    onlyMine: ["industry"],
    onlyTheirs: ["custom.size"],
  });
});

test("nothing, an empty text and an empty list are the same", () => {
  expect(changedKeys({ a: "", b: [], c: undefined }, { a: undefined, b: undefined, c: null })).toEqual([]);
});

test("what nobody has chosen stays theirs", () => {
  const base = { displayName: "a", industry: "a" };
  const mine = { displayName: "mine", industry: "mine" };
  const theirs = { displayName: "theirs", industry: "a" };
  expect(settled(base, mine, theirs, {})).toEqual({ industry: "mine" });
  expect(settled(base, mine, theirs, { displayName: "mine" })).toEqual(mine);
});

test("after a choice each field is as one of the two wanted it, and what only one changed is kept", () => {
  fc.assert(
    fc.property(
      fields,
      fields,
      fields,
      fc.constantFrom<Choice[]>("mine", "theirs"),
      (base, mine, theirs, choice) => {
        const { both, onlyMine, onlyTheirs } = conflictOf(base, mine, theirs);
        const choices = Object.fromEntries(both.map((key) => [key, choice]));
        const after = { ...theirs, ...settled(base, mine, theirs, choices) };
        for (const key of both) expect(after[key]).toBe(choice === "mine" ? mine[key] : theirs[key]);
        for (const key of onlyMine) expect(after[key]).toBe(mine[key]);
        for (const key of onlyTheirs) expect(after[key]).toBe(theirs[key]);
      },
    ),
  );
});
