import { Opportunity, Opportunity_LostReason as Reason } from "@guanxi/contract/guanxi/sales/v1/opportunity";
import { ForecastCategory } from "@guanxi/contract/guanxi/sales/v1/pipeline";
import fc from "fast-check";
import { expect, test } from "vitest";
import { after, anOpportunity, LIN, pipeline, setting } from "../../test/builders.ts";
import type { OpportunityState } from "./opportunity-state.ts";
import { change, lose, move, openOpportunity, reassign, reopen, win } from "./opportunity.ts";
import { present } from "./present.ts";

const yuan = (units: bigint) => ({ currencyCode: "CNY", units, nanos: 0 });
const reason = (name: string) => expect.objectContaining({ reason: name });
const ended = { competitorId: "", stageId: "", closeDate: null };
const won = (opportunity: OpportunityState) => win(opportunity, { ...ended, amount: yuan(5n) }, after(1));
const lost = (opportunity: OpportunityState, more: object = {}) =>
  lose(opportunity, { ...ended, lostReason: Reason.PRICING, note: "", ...more }, after(1));
const edit = (opportunity: OpportunityState, changes: object, at = after(1)) =>
  change(opportunity, { ...present(opportunity), ...changes }, at.now);

test("it begins in the first open stage, today, with whoever opened it", () => {
  expect(anOpportunity()).toMatchObject({
    stageId: "prospecting",
    probability: 10,
    probabilityManual: false,
    forecastCategory: "PIPELINE",
    ownerId: LIN,
    openDate: "2026-03-01",
    stageSinceDate: "2026-03-01",
    version: 0,
  });
  expect(anOpportunity({ stageId: "proposal", ownerId: "x" })).toMatchObject({
    probability: 50,
    ownerId: "x",
  });
});

test("it does not begin where the pipeline has no stage, nor at the end", () => {
  expect(() => anOpportunity({ stageId: "nowhere" })).toThrow(reason("UNKNOWN_STAGE"));
  expect(() => anOpportunity({ stageId: "closed_won" })).toThrow(reason("ILLEGAL_MOVE"));
});

test("an amount has a currency that there is, is not negative and has at most six decimals", () => {
  for (const amount of [
    { ...yuan(1n), currencyCode: "" },
    yuan(-1n),
    { ...yuan(1n), nanos: 1 },
    { ...yuan(1n), currencyCode: "YUA" },
  ])
    expect(() => anOpportunity({ amount })).toThrow(
      expect.objectContaining({ violations: [expect.objectContaining({ field: "opportunity.amount" })] }),
    );
});

test("the weighted amount is amount × probability, half up", () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 17n), fc.integer({ min: 1, max: 100 }), (micros, probability) => {
      const amount = {
        currencyCode: "CNY",
        units: micros / 1_000_000n,
        nanos: Number(micros % 1_000_000n) * 1000,
      };
      const { weightedAmount } = anOpportunity({ amount, probability });
      const off = weightedAmount! * 100n - micros * BigInt(probability);
      expect(off > -50n && off <= 50n).toBe(true);
    }),
  );
});

test("a probability that was set by hand stays until the stage changes", () => {
  const manual = edit(anOpportunity(), { probability: 80 });
  expect(manual).toMatchObject({ probability: 80, probabilityManual: true });
  expect(edit(manual, { displayName: "三百套座椅" })).toMatchObject({
    probability: 80,
    probabilityManual: true,
  });
  expect(move(manual, "proposal", after(2))).toMatchObject({ probability: 50, probabilityManual: false });
});

test("R103 a changed default of the stage rewrites no deal", () => {
  const opportunity = anOpportunity();
  const stages = pipeline.stages.map((stage) => ({ ...stage, defaultProbability: 33 }));
  const at = { ...after(1), pipeline: { ...pipeline, stages } };
  expect(edit(opportunity, { nextStep: "报价" })).toMatchObject({ probability: 10 });
  expect(move(opportunity, "proposal", at)).toMatchObject({ probability: 33 });
});

test("an expected day that is moved to a later one is a push, an earlier one is none", () => {
  const day = (month: number) => ({ expectedCloseDate: { year: 2026, month, day: 1 } });
  const expecting = edit(anOpportunity(), day(5));
  expect(expecting.pushCount).toBe(0);
  const later = edit(expecting, day(6));
  expect(later.pushCount).toBe(1);
  expect(edit(later, day(4)).pushCount).toBe(1);
  expect(edit(later, { expectedCloseDate: undefined }).pushCount).toBe(1);
});

test("nobody forecasts an open deal as closed", () => {
  expect(edit(anOpportunity(), { forecastCategory: ForecastCategory.COMMIT }).forecastCategory).toBe(
    "COMMIT",
  );
  expect(() => edit(anOpportunity(), { forecastCategory: ForecastCategory.CLOSED })).toThrow(
    reason("INVALID_REQUEST"),
  );
});

test("what is won or lost is final until it is reopened", () => {
  for (const closed of [won(anOpportunity()), lost(anOpportunity())]) {
    expect(() => edit(closed, { displayName: "x" })).toThrow(reason("OPPORTUNITY_CLOSED"));
    expect(() => move(closed, "proposal", after(2))).toThrow(reason("OPPORTUNITY_CLOSED"));
  }
  expect(() => lost(won(anOpportunity()))).toThrow(reason("OPPORTUNITY_CLOSED"));
  expect(() => won(lost(anOpportunity()))).toThrow(reason("OPPORTUNITY_CLOSED"));
  expect(() => reopen(anOpportunity(), "", "x", after(2))).toThrow(reason("OPPORTUNITY_OPEN"));
});

test("winning needs an amount, takes what was agreed on, and says it once", () => {
  expect(() => win(anOpportunity(), ended, after(1))).toThrow(reason("AMOUNT_MISSING"));
  const closed = won(anOpportunity({ amount: yuan(9n) }));
  expect(closed).toMatchObject({ amount: 5_000_000n, closeDate: "2026-03-02", forecastCategory: "CLOSED" });
  expect(win(closed, { ...ended, amount: yuan(5n) }, after(3))).toBe(closed);
  expect(win(closed, ended, after(3))).toBe(closed);
  expect(() => win(closed, { ...ended, amount: yuan(6n) }, after(3))).toThrow(reason("OPPORTUNITY_CLOSED"));
});

test("nothing ends in the future, nor in a stage of another kind", () => {
  const open = anOpportunity({ amount: yuan(1n) });
  expect(() => win(open, { ...ended, closeDate: "2026-03-03" }, after(1))).toThrow(reason("INVALID_REQUEST"));
  expect(win(open, { ...ended, closeDate: "2026-02-01" }, after(1)).closeDate).toBe("2026-02-01");
  for (const stageId of ["closed_lost", "proposal", "nowhere"])
    expect(() => win(open, { ...ended, stageId }, after(1))).toThrow(reason("ILLEGAL_MOVE"));
});

test("another reason for losing says which", () => {
  expect(() => lost(anOpportunity(), { lostReason: Reason.OTHER, note: " " })).toThrow(
    reason("INVALID_REQUEST"),
  );
  const closed = lost(anOpportunity(), { lostReason: Reason.OTHER, note: "搬走了" });
  expect(closed).toMatchObject({
    lostReason: "OTHER",
    lostNote: "搬走了",
    probability: 0,
    forecastCategory: "OMITTED",
  });
  expect(closed.stageEntries.at(-1)).toMatchObject({ stageId: "closed_lost", reason: "搬走了" });
});

test("what is reopened goes on in the last open stage, or where it is told to", () => {
  const closed = lost(move(anOpportunity(), "proposal", setting));
  const open = reopen(closed, "", "又有预算了", after(2));
  expect(open).toMatchObject({ stageId: "proposal", closeDate: null, lostReason: null, lostNote: "" });
  expect(open.stageEntries.at(-1)).toMatchObject({ stageId: "proposal", reason: "又有预算了", userId: LIN });
  expect(reopen(closed, "negotiation", "x", after(2)).stageId).toBe("negotiation");
  const without = { ...pipeline, stages: pipeline.stages.filter(({ stageId }) => stageId !== "proposal") };
  expect(reopen(closed, "", "x", { ...after(2), pipeline: without }).stageId).toBe("prospecting");
});

test("somebody else sells; the same one again changes nothing", () => {
  const opportunity = anOpportunity();
  expect(reassign(opportunity, LIN, after(1).now)).toBe(opportunity);
  expect(reassign(opportunity, "chen", after(1).now)).toMatchObject({
    ownerId: "chen",
    updateTime: after(1).now,
  });
});

const step = fc.oneof(
  fc.record({
    verb: fc.constant("move" as const),
    stageId: fc.constantFrom(...pipeline.stages.map(({ stageId }) => stageId), "nowhere"),
  }),
  fc.record({ verb: fc.constantFrom("win", "lose", "reopen", "edit"), stageId: fc.constant("") }),
);

function attempt(
  opportunity: OpportunityState,
  { verb, stageId }: { verb: string; stageId: string },
  day: number,
) {
  const at = after(day);
  try {
    if (verb === "move") return move(opportunity, stageId, at);
    if (verb === "win") return win(opportunity, { ...ended, amount: yuan(BigInt(day)) }, at);
    if (verb === "lose") return lose(opportunity, { ...ended, lostReason: Reason.BUDGET, note: "" }, at);
    if (verb === "reopen") return reopen(opportunity, "", "x", at);
    return change(
      opportunity,
      Opportunity.fromPartial({ ...present(opportunity), probability: day % 101 }),
      at.now,
    );
  } catch {
    return opportunity;
  }
}

test("whatever is tried, what ends has a day and what is open has none, and the way ends where it stands", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const end = steps.reduce((it, each, index) => attempt(it, each, index), anOpportunity());
      expect(end.closeDate === null).toBe(end.stageType === "OPEN");
      expect(end.lostReason === null).toBe(end.stageType !== "LOST");
      expect(end.stageEntries.at(-1)).toMatchObject({ stageId: end.stageId, stageType: end.stageType });
      const types = end.stageEntries.map(({ stageType }) => stageType);
      expect(
        types.some(
          (type, index) => type !== "OPEN" && index + 1 < types.length && types[index + 1] !== "OPEN",
        ),
      ).toBe(false);
    }),
  );
});

test("time goes on, also where two changed it at once and the first came second", () => {
  const moved = move(anOpportunity(), "proposal", after(5));
  expect(edit(moved, { nextStep: "报价" }, after(4)).updateTime).toEqual(after(5).now);
});

test("it is moved five hundred times at most", () => {
  let opportunity = anOpportunity();
  for (let turn = 1; turn < 500; turn += 1)
    opportunity = move(opportunity, turn % 2 ? "proposal" : "prospecting", setting);
  expect(opportunity.stageEntries).toHaveLength(500);
  expect(() => move(opportunity, "negotiation", setting)).toThrow(reason("TOO_MANY_MOVES"));
});

test("where it came from is kept with the time of the first touch, which is not in the future", () => {
  const source = { channel: 1, detail: "展会", campaign: "" };
  expect(anOpportunity({ source })).toMatchObject({
    source: { detail: "展会", firstTouchTime: setting.now.toISOString() },
  });
  expect(anOpportunity()).toMatchObject({ source: null, sourceChannel: null });
  expect(() => anOpportunity({ source: { ...source, firstTouchTime: after(1).now } })).toThrow(
    reason("INVALID_REQUEST"),
  );
});

test("a lead's opportunity says so", () => {
  const sent = Opportunity.fromPartial({ displayName: "x" });
  expect(openOpportunity(sent, { opportunityId: "o", leadId: "l" }, setting)).toMatchObject({ leadId: "l" });
});

test("R121 who got it is kept with what was lost: whom the opportunity named, unless another is said", () => {
  const rival = "0198c0de-0000-7000-8000-00000000000a";
  const other = "0198c0de-0000-7000-8000-00000000000b";
  const against = anOpportunity({ competitorId: rival });
  expect(lost(against).competitorId).toBe(rival);
  const taken = lost(against, { competitorId: other.toUpperCase() });
  expect(taken.competitorId).toBe(other);
  expect(lost(taken, { competitorId: other })).toBe(taken);
});
