import type { Value } from "@guanxi/import/service/kind";
import fc from "fast-check";
import { expect, test } from "vitest";
import { after, anOpportunity, now, pipeline } from "../../test/builders.ts";
import { move } from "../opportunities/opportunity.ts";
import type { OpportunityState } from "../opportunities/opportunity-state.ts";
import { stageIn } from "../pipelines/pipeline.ts";
import { opportunityOf, type Referred } from "./opportunity-row.ts";

type Cells = Record<string, Value>;

function read(cells: Cells, stageId: string, more: { before?: OpportunityState; mapped?: string[] } = {}) {
  const referred: Referred = {
    pipeline,
    stage: stageIn(pipeline, stageId)!,
    customerId: "customer",
    ownerId: "owner",
    productIds: ["product"],
    currencyCode: "CNY",
  };
  const setting = {
    now,
    sourceSystem: "hubspot",
    mapped: new Set(more.mapped ?? Object.keys(cells)),
    newId: () => "new",
  };
  return opportunityOf({ number: 2, values: new Map(Object.entries(cells)) }, more.before, referred, setting);
}

const way = ({ stageEntries }: OpportunityState) =>
  stageEntries.map(({ stageId, enterDate }) => [stageId, enterDate]);

test("a won row has its day, its amount and the stage's probability", () => {
  const won = read(
    { external_id: "1", amount: 5_000_000n, open_date: "2016-10-20", close_date: "2017-03-01" },
    "closed_won",
  );
  expect(won).toMatchObject({
    opportunityId: "new",
    stageType: "WON",
    probability: 100,
    forecastCategory: "CLOSED",
    amount: 5_000_000n,
    currencyCode: "CNY",
    weightedAmount: 5_000_000n,
    openDate: "2016-10-20",
    closeDate: "2017-03-01",
    expectedCloseDate: null,
    externalIds: [{ system: "hubspot", id: "1" }],
    version: 0,
  });
  expect(way(won)).toEqual([
    ["prospecting", "2016-10-20"],
    ["closed_won", "2017-03-01"],
  ]);
});

test("a lost row without a reason says that none was recorded", () => {
  expect(read({ close_date: "2017-03-01" }, "closed_lost")).toMatchObject({
    lostReason: "NOT_RECORDED",
    lostNote: "",
  });
  expect(read({ lost_reason: "PRICING", lost_note: "太贵" }, "closed_lost")).toMatchObject({
    lostReason: "PRICING",
    lostNote: "太贵",
  });
  expect(read({ lost_reason: "PRICING" }, "closed_won")).toMatchObject({ lostReason: null });
});

test("of an open deal the day of closing is the expected one", () => {
  expect(read({ close_date: "2026-05-01" }, "proposal")).toMatchObject({
    expectedCloseDate: "2026-05-01",
    closeDate: null,
  });
  const both = { close_date: "2026-05-01", expected_close_date: "2026-06-01" };
  expect(read(both, "proposal")).toMatchObject({ expectedCloseDate: "2026-06-01" });
});

test("days of entering become the way, in their order", () => {
  const cells = {
    open_date: "2026-01-01",
    "entered.proposal": "2026-02-01",
    "entered.qualification": "2026-01-15",
    "entered.prospecting": "2026-01-02",
    close_date: "2026-03-01",
  };
  const won = read(cells, "closed_won");
  expect(way(won)).toEqual([
    ["prospecting", "2026-01-02"],
    ["qualification", "2026-01-15"],
    ["proposal", "2026-02-01"],
    ["closed_won", "2026-03-01"],
  ]);
  expect(won).toMatchObject({ stageSinceDate: "2026-03-01", stageSinceTime: null });
  expect(way(read(cells, "proposal")).at(-1)).toEqual(["proposal", "2026-02-01"]);
});

test("what no column says is not made up", () => {
  expect(way(read({ open_date: "2026-01-01" }, "prospecting"))).toEqual([["prospecting", "2026-01-01"]]);
  expect(way(read({ open_date: "2026-01-01" }, "proposal"))).toEqual([
    ["prospecting", "2026-01-01"],
    ["proposal", null],
  ]);
  expect(way(read({}, "proposal"))).toEqual([["proposal", null]]);
  expect(read({}, "proposal")).toMatchObject({
    openDate: null,
    amount: null,
    currencyCode: null,
    stageSinceDate: null,
  });
});

test("a deal without a name is called by what it is about and for whom", () => {
  expect(read({ products: ["GTX Pro"] as never, customer: "Cancity" }, "proposal").displayName).toBe(
    "GTX Pro, Cancity",
  );
  expect(read({ external_id: "1C1I7A6R" }, "proposal").displayName).toBe("1C1I7A6R");
  expect(read({ display_name: "座椅", customer: "Cancity" }, "proposal").displayName).toBe("座椅");
});

test("a probability other than the stage's was set by hand; of what ended there is none to set", () => {
  expect(read({ probability: 80 }, "proposal")).toMatchObject({ probability: 80, probabilityManual: true });
  expect(read({ probability: 50 }, "proposal")).toMatchObject({ probability: 50, probabilityManual: false });
  expect(read({ probability: 80 }, "closed_won")).toMatchObject({
    probability: 100,
    probabilityManual: false,
  });
  for (const probability of [-1, 101, 0.5])
    expect(() => read({ probability }, "proposal")).toThrow(
      expect.objectContaining({ fault: expect.objectContaining({ field: "probability" }) }),
    );
});

test("the same row again is the same opportunity", () => {
  const cells = fc.record(
    {
      external_id: fc.constant("1"),
      display_name: fc.string({ minLength: 1 }).filter((text) => text.trim() !== ""),
      amount: fc.bigInt(0n, 10n ** 15n),
      probability: fc.integer({ min: 0, max: 100 }),
      open_date: fc.constantFrom("2026-01-01", "2026-01-31"),
      close_date: fc.constantFrom("2026-02-01", "2026-02-28"),
      "entered.proposal": fc.constantFrom("2026-01-05", "2026-01-20"),
      next_step: fc.string(),
      source_channel: fc.constantFrom("WEB_SITE", "REFERRAL"),
    },
    { requiredKeys: [] },
  );
  const stages = fc.constantFrom(...pipeline.stages.map(({ stageId }) => stageId));
  fc.assert(
    fc.property(cells, stages, (cells, stageId) => {
      const first = { ...read(cells, stageId), version: 1 };
      expect(read(cells, stageId, { before: first })).toEqual(first);
    }),
  );
});

test("what the file does not speak of stays, and an empty cell clears", () => {
  const before = { ...anOpportunity({ nextStep: "报价" }), version: 1, amount: 7n, currencyCode: "USD" };
  expect(read({ display_name: "x" }, "prospecting", { before })).toMatchObject({
    amount: 7n,
    nextStep: "报价",
  });
  const cleared = read({ display_name: "x" }, "prospecting", {
    before,
    mapped: ["display_name", "amount", "next_step"],
  });
  expect(cleared).toMatchObject({ amount: null, currencyCode: null, nextStep: "" });
});

test("a way on which people have moved it is gone on with, never rewritten", () => {
  const before = { ...move(anOpportunity(), "proposal", after(1)), version: 2 };
  const stayed = read({ open_date: "2020-01-01" }, "proposal", { before });
  expect(stayed.stageEntries).toEqual(before.stageEntries);
  const won = read({ open_date: "2020-01-01", close_date: "2026-03-05" }, "closed_won", { before });
  expect(won.stageEntries.slice(0, 2)).toEqual(before.stageEntries);
  expect(way(won).at(-1)).toEqual(["closed_won", "2026-03-05"]);
});

test("an expected day that a second file moves to a later one is a push", () => {
  const before = { ...read({ expected_close_date: "2026-05-01" }, "proposal"), version: 1 };
  expect(read({ expected_close_date: "2026-06-01" }, "proposal", { before }).pushCount).toBe(1);
  expect(read({ expected_close_date: "2026-04-01" }, "proposal", { before }).pushCount).toBe(0);
});
