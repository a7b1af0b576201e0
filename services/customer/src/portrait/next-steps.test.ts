import fc from "fast-check";
import { expect, test } from "vitest";
import { dayIn } from "@guanxi/kit/days";
import { type Moment, nextSteps, type Situation } from "./next-steps.ts";
import type { Part } from "./visible.ts";

const NOW = Date.parse("2026-03-10T02:00:00Z");
const at: Moment = {
  now: new Date(NOW),
  today: "2026-03-10",
  startOf: (day) => new Date(`${day}T00:00:00Z`),
  dayOf: (time) => time.toISOString().slice(0, 10),
  sees: () => true,
};

const CUSTOMER = "01a20000-0000-7000-8000-000000000000";
const still: Situation = {
  customerId: CUSTOMER,
  state: "ACTIVE",
  ownerId: "01a20000-0000-7000-8000-000000000001",
  ownerSinceTime: null,
  lifecycleStage: "GROWTH",
  lifecycleStageSinceTime: new Date(NOW),
  churnReason: null,
  birthDate: null,
  unanswered: [],
  tasks: [],
  cases: [],
  opportunities: [],
  value: null,
  drop: null,
  feedback: [],
  winBack: null,
  sold: { last: null },
};
const steps = (situation: Partial<Situation>) =>
  nextSteps({ ...still, ...situation }, at).map(({ rule, priority }) => [rule, priority]);

const hoursFromNow = (hours: number) => new Date(NOW + hours * 3_600_000).toISOString();
const item = <B>(body: B, more: object = {}) => ({
  id: CUSTOMER.replace(/0$/, "9"),
  status: "OPEN",
  time: hoursFromNow(-1),
  date: null,
  micros: null,
  currency: null,
  body,
  ...more,
});
const value = (date: string, latestDate: string | null = null) =>
  item(
    {
      probabilityAliveMicros: null,
      rfmSegment: null,
      recencyScore: 0,
      frequencyScore: 0,
      monetaryScore: 0,
      cycleDays: 30,
      earliestDate: null,
      latestDate,
    },
    { time: "2026-03-01T00:00:00Z", date },
  );
const drop = item({ dropShare: 0.5, cause: "" }, { time: "2026-03-01T00:00:00Z" });

test("nothing that presses gives no step, and nobody works on a customer who is not there", () => {
  expect(steps({})).toEqual([]);
  expect(steps({ state: "ARCHIVED", ownerId: null, lifecycleStage: "DEPARTED" })).toEqual([]);
});

test("the next purchase is thought of a week before, presses on its day, and more once its interval has passed", () => {
  expect(steps({ value: value("2026-03-18") })).toEqual([]);
  expect(steps({ value: value("2026-03-17") })).toEqual([["offer_again", 4]]);
  expect(steps({ value: value("2026-03-10") })).toEqual([["offer_again", 3]]);
  expect(steps({ value: value("2026-03-05", "2026-03-09") })).toEqual([["offer_again", 2]]);
  expect(steps({ value: value("2026-03-05"), sold: { last: "2026-03-02" } })).toEqual([]);
});

test("a fallen value presses until the customer buys again, or is gone for long", () => {
  expect(steps({ drop })).toEqual([["stop_the_drop", 2]]);
  expect(steps({ drop, sold: { last: "2026-03-02" } })).toEqual([]);
  expect(steps({ drop: { ...drop, time: "2025-12-01T00:00:00Z" } })).toEqual([]);
});

test("who has left is asked why, then is to be won back, unless somebody tries", () => {
  const gone = {
    lifecycleStage: "DEPARTED",
    lifecycleStageSinceTime: new Date("2026-03-01T00:00:00Z"),
  } as const;
  const attempt = {
    winBackId: CUSTOMER,
    startTime: "2026-03-02T00:00:00Z",
    dueDate: "2026-03-09",
    outcome: null,
  };
  expect(steps(gone)).toEqual([["state_churn_reason", 2]]);
  expect(steps({ ...gone, churnReason: "PRICE" })).toEqual([["win_back", 3]]);
  expect(steps({ ...gone, churnReason: "PRICE", winBack: attempt })).toEqual([["win_back", 2]]);
  expect(steps({ ...gone, churnReason: "PRICE", winBack: { ...attempt, outcome: "LOST" } })).toEqual([]);
});

test("a birthday is remembered a week before, also over the new year and on the 29th of February", () => {
  const born = (year: number, month: number, day: number) => ({ birthDate: { year, month, day } });
  expect(steps(born(1980, 3, 17))).toEqual([["congratulate", 4]]);
  expect(steps(born(0, 3, 18))).toEqual([]);
  expect(steps(born(1980, 3, 9))).toEqual([]);
  const on = (today: string) =>
    nextSteps({ ...still, ...born(1996, 2, 29) }, { ...at, today }).map(({ reason }) => reason);
  expect(on("2026-02-25")).toEqual(["The birthday is on 2026-03-01, in 4 days."]);
  expect(on("2028-02-25")).toEqual(["The birthday is on 2028-02-29, in 4 days."]);
  const newYear = nextSteps({ ...still, ...born(1980, 1, 2) }, { ...at, today: "2026-12-30" });
  expect(newYear[0]?.reason).toBe("The birthday is on 2027-01-02, in 3 days.");
});

const hours = fc.integer({ min: -400, max: 400 }).map(hoursFromNow);
const day = fc.integer({ min: -40, max: 40 }).map((days) => hoursFromNow(24 * days).slice(0, 10));
const items = <B>(body: fc.Arbitrary<B>) =>
  fc
    .uniqueArray(fc.record({ id: fc.uuid(), time: hours, date: fc.option(day), body }), {
      maxLength: 4,
      selector: ({ id }) => id,
    })
    .map((found) => found.map((each) => ({ ...item(each.body), ...each })));

const situation: fc.Arbitrary<Situation> = fc.record({
  customerId: fc.constant(CUSTOMER),
  state: fc.constantFrom("ACTIVE" as const, "ARCHIVED" as const),
  ownerId: fc.option(fc.uuid()),
  ownerSinceTime: fc.option(hours.map((time) => new Date(time))),
  lifecycleStage: fc.constantFrom("PROSPECT" as const, "GROWTH" as const, "DEPARTED" as const),
  lifecycleStageSinceTime: hours.map((time) => new Date(time)),
  churnReason: fc.option(fc.constant("PRICE" as const)),
  birthDate: fc.option(
    fc.record({
      year: fc.constantFrom(0, 1980),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 28 }),
    }),
  ),
  unanswered: items(
    fc.record({
      channel: fc.option(fc.constant("EMAIL")),
      direction: fc.constant("INBOUND"),
      subject: fc.string(),
      outcome: fc.constant(null),
      userId: fc.constant(""),
      replyDueTime: fc.option(hours),
    }),
  ),
  tasks: items(
    fc.record({
      kind: fc.option(fc.constant("CARE")),
      title: fc.string(),
      dueTime: fc.option(hours),
      assigneeId: fc.constant(""),
      reason: fc.string(),
    }),
  ),
  cases: items(
    fc.record({
      number: fc.nat().map(String),
      kind: fc.constant("COMPLAINT"),
      priority: fc.option(fc.constant("HIGH")),
      subject: fc.string(),
      assigneeId: fc.constant(""),
      dueTime: fc.option(hours),
      breached: fc.boolean(),
    }),
  ),
  opportunities: items(
    fc.record({
      displayName: fc.string(),
      stageId: fc.constant("offer"),
      probability: fc.nat(100),
      nextStep: fc.string(),
      nextStepDate: fc.option(day),
      ownerId: fc.constant(""),
    }),
  ),
  value: fc.option(day.map((date) => value(date))),
  drop: fc.constantFrom(null, drop),
  feedback: items(
    fc.record({
      source: fc.constant("SURVEY"),
      topic: fc.string(),
      score: fc.option(fc.nat(100)),
      standing: fc.constantFrom(null, "DETRACTOR", "PROMOTER"),
      deadlineTime: fc.option(hours),
    }),
  ),
  winBack: fc.option(
    fc.record({
      winBackId: fc.uuid(),
      startTime: hours,
      dueDate: day,
      outcome: fc.constantFrom(null, "LOST"),
    }),
  ),
  sold: fc.record({ last: fc.option(day) }),
});

test("steps are the same in whatever order things are read, the most pressing first, each with its evidence", () => {
  fc.assert(
    fc.property(situation, (seen) => {
      const found = nextSteps(seen, at);
      const turned = {
        ...seen,
        unanswered: seen.unanswered.toReversed(),
        tasks: seen.tasks.toReversed(),
        cases: seen.cases.toReversed(),
        opportunities: seen.opportunities.toReversed(),
        feedback: seen.feedback.toReversed(),
      };
      expect(nextSteps(turned, at)).toEqual(found);
      expect(found.map(({ priority }) => priority)).toEqual(
        found.map(({ priority }) => priority).toSorted((a, b) => a - b),
      );
      const ids = new Set([
        seen.customerId,
        seen.winBack?.winBackId,
        ...[seen.unanswered, seen.tasks, seen.cases, seen.opportunities, seen.feedback]
          .flat()
          .map(({ id }) => id),
      ]);
      for (const { reason, link, priority } of found) {
        expect(ids).toContain(link!.id);
        expect(reason).toMatch(/\d/);
        expect(priority).toBeGreaterThanOrEqual(1);
        expect(priority).toBeLessThanOrEqual(5);
      }
      const keys = found.map(({ rule, link }) => `${rule} ${link!.id}`);
      expect(new Set(keys).size).toBe(keys.length);
    }),
    { numRuns: 500 },
  );
});

test("a day is the company's, not the database's", () => {
  const inShanghai = { ...at, dayOf: dayIn("Asia/Shanghai") };
  const late = { ...drop, time: "2026-03-01T18:00:00Z" }; // on the 2nd there
  const reasons = (last: string) =>
    nextSteps({ ...still, drop: late, sold: { last } }, inShanghai).map(({ reason }) => reason);
  expect(reasons("2026-03-02")).toEqual([expect.stringContaining(" 8 days ago")]);
  expect(reasons("2026-03-03")).toEqual([]);
  const valued = { ...value("2026-03-10"), time: "2026-03-01T18:00:00Z" };
  const offered = { ...still, value: valued, sold: { last: "2026-03-02" } };
  expect(nextSteps(offered, inShanghai).map(({ rule }) => rule)).toEqual(["offer_again"]);
});

const NOTHING: { readonly [P in Part]?: Partial<Situation> } = {
  interactions: { unanswered: [] },
  tasks: { tasks: [] },
  cases: { cases: [] },
  pipeline: { opportunities: [] },
  value: { value: null, drop: null },
  scores: { feedback: [] },
  orders: { sold: { last: null } },
  winBack: { winBack: null },
};

test("R010 whoever sees less is told less, and nothing else", () => {
  const gone = { ...still, lifecycleStage: "DEPARTED", churnReason: "PRICE" } as const;
  const blind = { ...at, sees: (part: Part) => part !== "winBack" };
  expect(nextSteps(gone, blind)).toEqual([]);
  fc.assert(
    fc.property(situation, fc.subarray(Object.keys(NOTHING) as Part[]), (whole, hidden) => {
      const seen = hidden.reduce((left, part) => ({ ...left, ...NOTHING[part] }), whole);
      const told = nextSteps(seen, { ...at, sees: (part) => !hidden.includes(part) });
      expect(nextSteps(whole, at)).toEqual(expect.arrayContaining(told));
    }),
    { numRuns: 500 },
  );
});

test("where a promise is broken, something that presses most stands first", () => {
  fc.assert(
    fc.property(situation, (seen) => {
      if (seen.state !== "ACTIVE" || !seen.cases.some(({ body }) => body.breached)) return;
      expect(nextSteps(seen, at)[0]!.priority).toBe(1);
    }),
  );
});
