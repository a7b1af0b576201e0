import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addDays,
  type CareClock,
  type CareFacts,
  markOf,
  setClock,
  settle,
  strike,
  withTask,
} from "./care-clock.ts";
import type { CarePlanState, Occasion } from "./care-plan.ts";

const START = "2026-01-10";

const planOf = (occasion: Occasion, more: Partial<CarePlanState> = {}): CarePlanState => ({
  carePlanId: "plan",
  displayName: "回访",
  occasion,
  cadences: [
    { grade: 1, days: 30 },
    { grade: 2, days: 60 },
  ],
  days: 60,
  grades: [],
  taskTitle: "Visit {customer}",
  taskNote: "",
  taskDays: 7,
  fallbackAssigneeId: null,
  messageSubject: "",
  messageBody: "",
  enabled: true,
  startDate: START,
  terms: 1,
  createTime: new Date(0),
  updateTime: new Date(0),
  version: 1,
  ...more,
});

const blank: CareClock = {
  careClockId: "clock",
  carePlanId: "plan",
  customerId: "00000000-0000-7000-8000-00000000002a",
  orderId: null,
  nextDueDate: null,
  dueOrderDate: "9999-12-31",
  sinceDate: null,
  mark: 0,
  terms: 1,
  occasion: "",
  openTaskId: null,
  madeCount: 0,
  doneCount: 0,
  skippedCount: 0,
  lastDoneDate: null,
  version: 0,
};

const factsOf = (more: Partial<CareFacts> = {}): CareFacts => {
  const facts = { grade: 1, birthDay: null, registeredDate: "2026-01-15", firstOrderDate: null, ...more };
  const seen = { lastSeenDate: null, orderDate: null, ...more };
  return { mark: markOf(facts.grade, facts.birthDay), ...facts, ...seen };
};

/** Whoever looks on whatever days; `finish` says what becomes of a task on the day that it is made. */
function looked(
  plan: CarePlanState,
  facts: CareFacts,
  days: readonly string[],
  finish: (clock: CareClock, day: string) => CareClock = (clock) => clock,
) {
  const made: { day: string; occasion: string }[] = [];
  let clock = setClock(plan, blank, facts, days[0]!);
  for (const day of days) {
    for (let turns = 0; clock.dueOrderDate <= day; turns++) {
      expect(turns, "a clock that was struck is due later").toBeLessThan(3);
      const struck = strike(plan, clock, facts, day);
      clock = struck.clock;
      if (struck.occasion === undefined) continue;
      made.push({ day, occasion: struck.occasion });
      if (plan.taskTitle) clock = finish(withTask(plan, clock, `task ${made.length}`), day);
    }
  }
  return { made, clock };
}

const range = (from: string, count: number) =>
  Array.from({ length: count }, (_, index) => addDays(from, index));

test("R064 a task is made once when it is due by grade, and done resets the clock", () => {
  const plan = planOf("REGULAR");
  const { made, clock } = looked(plan, factsOf(), range("2026-01-20", 200));
  expect(made).toEqual([{ day: "2026-02-14", occasion: "1" }]); // 30 days after the registration
  expect(clock.nextDueDate).toBeNull();
  const done = settle(plan, clock, { how: "done", day: "2026-03-01" });
  expect(done).toMatchObject({ nextDueDate: "2026-03-31", doneCount: 1, skippedCount: 0, openTaskId: null });
  const skipped = settle(plan, clock, { how: "skipped", day: "2026-03-01" });
  expect(skipped).toMatchObject({ nextDueDate: "2026-03-31", doneCount: 0, skippedCount: 1 });
  const visited = settle(plan, done, { how: "visited", day: "2026-03-10" });
  expect(visited).toMatchObject({ nextDueDate: "2026-04-09", doneCount: 1, lastDoneDate: "2026-03-10" });
});

test("R064 B is visited every 60 days, no grade never, and another grade counts from the last visit", () => {
  const plan = planOf("REGULAR");
  const finish = (clock: CareClock, day: string) => settle(plan, clock, { how: "done", day });
  const days = range("2026-01-20", 365);
  const b = looked(plan, factsOf({ grade: 2 }), days, finish);
  expect(b.made.map(({ day }) => day).slice(0, 3)).toEqual(["2026-03-16", "2026-05-15", "2026-07-14"]);
  expect(looked(plan, factsOf({ grade: 0 }), days, finish).made).toEqual([]);
  const [, second] = b.made;
  const raised = setClock(
    plan,
    settle(plan, b.clock, { how: "visited", day: second!.day }),
    factsOf(),
    "2027-01-20",
  );
  expect(raised.nextDueDate).toBe(addDays(raised.sinceDate!, 30));
});

test("R064 who was here before the plan is spread over the days of the cadence", () => {
  const plan = planOf("REGULAR");
  const dues = Array.from({ length: 3_000 }, (_, index) => {
    const customerId = `00000000-0000-7000-8000-${(index * 2_654_435_761).toString(16).padStart(12, "0").slice(-12)}`;
    return setClock(plan, { ...blank, customerId }, factsOf({ registeredDate: "2020-01-01" }), START)
      .nextDueDate!;
  });
  const counts = new Map<string, number>();
  for (const day of dues) counts.set(day, (counts.get(day) ?? 0) + 1);
  expect([...counts.keys()].toSorted()).toEqual(range(addDays(START, 1), 30));
  expect(Math.max(...counts.values())).toBeLessThan(200);
});

test("R065 a birthday is kept once a year, on February 28 where there is no 29th, and not weeks later", () => {
  const plan = planOf("BIRTHDAY");
  const { made } = looked(plan, factsOf({ birthDay: 229 }), range("2026-01-20", 365 * 3));
  expect(made.map(({ day }) => day)).toEqual(["2026-02-28", "2027-02-28", "2028-02-29"]);
  const late = ["2026-01-20", "2026-03-05", "2026-03-09", "2027-03-09"];
  expect(looked(plan, factsOf({ birthDay: 228 }), late).made.map(({ day }) => day)).toEqual(["2026-03-05"]);
  expect(looked(plan, factsOf(), range("2026-01-20", 400)).made).toEqual([]);
});

test("R065 anniversaries begin a year after the day itself", () => {
  const days = range("2026-01-15", 800);
  const registered = looked(planOf("REGISTRATION_ANNIVERSARY"), factsOf(), days).made;
  expect(registered.map(({ day }) => day)).toEqual(["2027-01-15", "2028-01-15"]);
  const bought = looked(planOf("PURCHASE_ANNIVERSARY"), factsOf({ firstOrderDate: "2026-05-01" }), days).made;
  expect(bought.map(({ day }) => day)).toEqual(["2027-05-01"]);
});

test("R065 a product is asked after once, and who is silent for 60 days is asked once for each silence", () => {
  const order = planOf("AFTER_ORDER", { days: 14 });
  const asked = looked(order, factsOf({ orderDate: "2026-01-15" }), range("2026-01-20", 100)).made;
  expect(asked.map(({ day }) => day)).toEqual(["2026-01-29"]);
  const silence = planOf("SILENCE");
  const first = looked(silence, factsOf({ lastSeenDate: "2026-01-20" }), range("2026-01-20", 300));
  expect(first.made).toEqual([{ day: "2026-03-21", occasion: "2026-01-20" }]);
  const seenAgain = factsOf({ lastSeenDate: "2026-12-01" });
  const later = strike(silence, { ...first.clock, nextDueDate: "2027-01-15" }, seenAgain, "2027-01-15");
  expect(later).toMatchObject({ occasion: undefined, clock: { nextDueDate: "2027-01-30" } });
  expect(strike(silence, later.clock, seenAgain, "2027-01-30").occasion).toBe("2026-12-01");
});

test("R065 without a customer in the book there is no care, and grades are kept apart", () => {
  const gone = { ...factsOf({ birthDay: 601 }), mark: -1 };
  for (const occasion of ["REGULAR", "BIRTHDAY", "REGISTRATION_ANNIVERSARY", "SILENCE"] as const)
    expect(looked(planOf(occasion), gone, range("2026-01-20", 800)).made).toEqual([]);
  const onlyA = planOf("BIRTHDAY", { grades: [1] });
  expect(looked(onlyA, factsOf({ birthDay: 601, grade: 2 }), range("2026-01-20", 400)).made).toEqual([]);
  expect(looked(onlyA, factsOf({ birthDay: 601, grade: 1 }), range("2026-01-20", 400)).made).toHaveLength(1);
});

test("R065 however the days jump forward and back, nothing is made of an occasion twice", () => {
  const offsets = fc.array(fc.integer({ min: -800, max: 800 }), { minLength: 1, maxLength: 60 });
  const occasions = fc.constantFrom<Occasion>(
    ...(["BIRTHDAY", "REGISTRATION_ANNIVERSARY", "PURCHASE_ANNIVERSARY", "AFTER_ORDER", "SILENCE"] as const),
  );
  const facts = factsOf({
    birthDay: 229,
    firstOrderDate: "2026-02-01",
    orderDate: "2026-02-01",
    lastSeenDate: "2026-02-01",
  });
  fc.assert(
    fc.property(occasions, offsets, (occasion, all) => {
      const days = all.map((offset) => addDays("2026-06-01", offset));
      const { made } = looked(planOf(occasion), facts, days);
      const kept = made.map((one) => one.occasion);
      expect(new Set(kept).size).toBe(kept.length);
    }),
  );
});

test("R064 however the days jump, at most one visit is open, and none is made while it is", () => {
  const plan = planOf("REGULAR");
  const step = fc.record({
    offset: fc.integer({ min: -800, max: 800 }),
    end: fc.constantFrom("done" as const, "skipped" as const, null),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), (steps) => {
      let clock = setClock(plan, blank, factsOf(), "2026-06-01");
      let [made, ended] = [0, 0];
      for (const { offset, end } of steps) {
        const day = addDays("2026-06-01", offset);
        if (clock.dueOrderDate <= day) {
          const struck = strike(plan, clock, factsOf(), day);
          clock = withTask(plan, struck.clock, `task ${++made}`);
          expect(struck.occasion).toBe(String(made));
        } else if (clock.openTaskId && end) {
          clock = settle(plan, clock, { how: end, day });
          ended++;
        }
        expect(made - ended).toBe(clock.openTaskId ? 1 : 0);
      }
      expect(clock).toMatchObject({ madeCount: made });
      expect(clock.doneCount + clock.skippedCount).toBe(ended);
    }),
  );
});
