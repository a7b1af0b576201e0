import type { Opportunity, StageType } from "@guanxi/client/gen/guanxi";
import { expect, test } from "vitest";
import { aboutOf, gateOf, stageSince, stepTo, withMoves } from "./moves.ts";

const deal = (opportunityId: string, stageId: string, day?: number): Opportunity =>
  ({
    opportunityId,
    stageId,
    stageEntries: [],
    ...(day && { expectedCloseDate: { year: 2026, month: 12, day } }),
  }) as unknown as Opportunity;

const ids = (deals: readonly Opportunity[]) => deals.map(({ opportunityId }) => opportunityId);

test("R103 a card on its way stands where it goes, in the order of the column, and nowhere else", () => {
  const from = [deal("a", "x", 1), deal("b", "x", 5)];
  const to = [deal("c", "y", 3), deal("d", "y", 8), deal("e", "y")];
  const moving = new Map([["b", deal("b", "y", 5)]]);
  expect(ids(withMoves(from, "x", moving))).toEqual(["a"]);
  expect(ids(withMoves(to, "y", moving))).toEqual(["c", "b", "d", "e"]);
});

test("a card that has come, while it still counts as on its way, stands there once", () => {
  const moving = new Map([["b", deal("b", "y", 5)]]);
  expect(ids(withMoves([deal("b", "y", 5), deal("d", "y", 8)], "y", moving))).toEqual(["b", "d"]);
});

test("keys go from place to place and stop at the ends", () => {
  const places = ["x", "y", "won"];
  expect(stepTo(places, "x", 1)).toBe("y");
  expect(stepTo(places, "won", 1)).toBe("won");
  expect(stepTo(places, "x", -1)).toBe("x");
});

test("winning and losing ask first; an open stage does not", () => {
  const gate = (type: StageType) => gateOf({ type });
  expect([gate("TYPE_OPEN"), gate("TYPE_WON"), gate("TYPE_LOST")]).toEqual(["none", "won", "lost"]);
});

test("a stage counts from its last entry, as a day or a moment", () => {
  const entry = { stageId: "x", stageType: "TYPE_OPEN" as const, userId: "", reason: "" };
  const entries = [
    { ...entry, enterDate: { year: 2026, month: 3, day: 1 } },
    { ...entry, enterTime: "2026-04-02T01:00:00Z" },
  ];
  expect(stageSince({ ...deal("a", "x"), stageEntries: entries })).toBe("2026-04-02");
  expect(stageSince(deal("a", "x"))).toBe("");
});

test("a name does not say twice whose it is", () => {
  expect(aboutOf("华新 标签纸", "华新")).toBe("标签纸");
  expect(aboutOf("华新", "华新")).toBe("华新");
  expect(aboutOf("标签纸", "华新")).toBe("标签纸");
  expect(aboutOf("标签纸", undefined)).toBe("标签纸");
});
