import type { At } from "@guanxi/kit/at";
import { accessOf, loadContract } from "@guanxi/kit/contract";
import { expect, test } from "vitest";
import { seenBy } from "./resources.ts";

const at = (may: At["may"]) => ({ may }) as At;

test("all that a timeline may tell of can be read by a right that the contract knows", () => {
  const contract = loadContract();
  const rights = [...contract].flatMap((type) =>
    type.kind === "service" ? type.methods.map((method) => accessOf(contract, method)) : [],
  );
  const readable = new Set(rights.filter(({ action }) => action === "read").map(({ resource }) => resource));
  const { hidden } = seenBy(at(() => false));
  expect(hidden).toEqual(
    expect.arrayContaining(["case", "customer_value", "interaction", "order", "campaign"]),
  );
  expect(hidden.filter((resource) => !readable.has(resource))).toEqual([]);
});

test("who may read everything is shown everything, others what they may read", () => {
  expect(seenBy(at(() => true))).toEqual({ hidden: [] });
  const some = seenBy(at((resource) => resource === "case"));
  expect(some.shown).toEqual(["case"]);
  expect(some.hidden).not.toContain("case");
});
