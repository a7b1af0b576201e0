import {
  Case,
  Case_Kind as Kind,
  Case_Resolution as Resolution,
  Case_RootCause as RootCause,
} from "@guanxi/contract/guanxi/service_desk/v1/case";
import fc from "fast-check";
import { expect, test } from "vitest";
import { clocksOf, type Mark } from "../sla/clock.ts";
import { open, phaseOf, place, reprioritise, takeUp, withSteps } from "./case.ts";
import { type CaseState, type CaseStatus, withSla } from "./case-state.ts";
import { isOpen, isPaused, movesOf, NEXT } from "./case-status.ts";
import { acknowledge, cancel, close, completeStep, hear, move, reopen, resolve } from "./course.ts";
import { marksBetween } from "./marks.ts";
import { absorb, absorbedInto } from "./merging.ts";
import { marksOfPart, partOf } from "./splitting.ts";

const NO_SLA = {
  slaPolicyId: "",
  slaPolicyName: "",
  serviceCalendarId: "",
  entitlement: "",
  targets: [],
  kept: [],
};
const start = new Date("2026-03-02T01:00:00Z");
const minutes = (count: number) => new Date(start.getTime() + count * 60_000);
const setting = {
  now: start,
  openTime: start,
  openDate: "2026-03-02",
  phase: "AFTER_SALE" as const,
  grade: null,
};
const aCase = (sent: object = {}, id = "a"): CaseState => ({
  ...withSla(open(Case.fromPartial({ kind: Kind.INCIDENT, subject: "坏了", ...sent }), id, setting), NO_SLA),
  number: 7n,
});
const byHand = { ruleName: "", reason: "", assigneeLoad: 0, time: "" };
const given = (it: CaseState, assigneeId: string | null, now: Date) =>
  place(it, { queueId: "q", assigneeId, routing: byHand }, now);
const answer = { resolution: Resolution.SOLVED, note: "", rootCause: RootCause.DELIVERY, rootCauseNote: "" };
const reasonOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return (error as { reason: string }).reason;
  }
  return "";
};

type Verb = (it: CaseState, now: Date) => CaseState;
const VERBS: Record<string, Verb> = {
  give: (it, now) => (isOpen(it) ? given(it, "chen", now) : it),
  takeAway: (it, now) => (isOpen(it) ? given(it, null, now) : it),
  takeUp: (it, now) => takeUp(it, "wang", now),
  work: (it, now) => move(it, "IN_PROGRESS", now),
  wait: (it, now) => move(it, "WAITING_CUSTOMER", now),
  hold: (it, now) => move(it, "ON_HOLD", now),
  acknowledge,
  hear,
  step: (it, now) => completeStep(it, "confirm", "chen", now),
  resolve: (it, now) => resolve(it, answer, now),
  close,
  reopen,
  cancel,
  press: (it, now) => reprioritise(it, "URGENT", now),
  merge: (it, now) => (isOpen(it) ? absorbedInto(it, "b", now) : it),
};

test("R082, R151 on any walk a case takes only the ways of the table, its clocks agree with it, and rules hold", () => {
  const walks = fc.array(fc.constantFrom(...Object.keys(VERBS)), { maxLength: 40 });
  fc.assert(
    fc.property(walks, fc.constantFrom(Kind.COMPLAINT, Kind.QUESTION), (walk, kind) => {
      const steps = [{ code: "confirm", label: "确认", doneTime: null, doneBy: "" }];
      let it: CaseState = withSteps(aCase({ kind }), { version: "p/1", steps });
      const marks: Mark[] = [{ time: start, kind: "open" }];
      for (const [index, verb] of walk.entries()) {
        const before = it;
        const now = minutes(index + 1);
        try {
          it = VERBS[verb]!(before, now);
        } catch (error) {
          expect((error as { reason: string }).reason).toMatch(
            /^(ILLEGAL_MOVE|CASE_OVER|STEPS_MISSING|COMPLAINT_STAYS|NOT_ACKNOWLEDGED)$/,
          );
        }
        marks.push(...marksBetween(before, it, now));
        if (it.status !== before.status) expect(NEXT[before.status]).toContain(it.status);
        expect(it.statusSinceTime).toEqual(it.status === before.status ? before.statusSinceTime : now);
        wholeness(it);
        clocksAgree(it, marks, now);
      }
    }),
    { numRuns: 500 },
  );
});

function wholeness(it: CaseState): void {
  expect(it.resolveTime !== null).toBe(it.status === "RESOLVED" || it.status === "CLOSED");
  expect(it.closeTime !== null).toBe(it.status === "CLOSED");
  expect(it.assignTime === null).toBe(it.assigneeId === null);
  if (it.status === "ASSIGNED") expect(it.assigneeId).not.toBeNull();
  if (it.status === "CLOSED") expect(it.steps.every(({ doneTime }) => doneTime !== null)).toBe(true);
  if (it.kind !== "COMPLAINT") return;
  expect(it.status).not.toBe("CANCELLED");
  if (it.status === "RESOLVED") expect(it.acknowledgeTime).not.toBeNull();
}

function clocksAgree(it: CaseState, marks: readonly Mark[], now: Date): void {
  const { state } = clocksOf(marks, now).find(({ kind }) => kind === "RESOLUTION")!;
  const meant = isPaused(it) ? "PAUSED" : isOpen(it) ? "RUNNING" : ENDS[it.status];
  expect(state, it.status).toBe(meant);
}

const ENDS: Partial<Record<CaseStatus, string>> = {
  RESOLVED: "ANSWERED",
  CLOSED: "ANSWERED",
  CANCELLED: "VOID",
  MERGED: "VOID",
};

test("what is possible is what MoveCase does", () => {
  expect(movesOf({ status: "NEW" })).toEqual(["IN_PROGRESS", "WAITING_CUSTOMER", "ON_HOLD"]);
  for (const status of ["RESOLVED", "CLOSED", "CANCELLED", "MERGED"] as const)
    expect(movesOf({ status })).toEqual([]);
});

test("R080 the phase follows the order, else what the customer has bought, else the kind", () => {
  expect(phaseOf("QUESTION", [])).toBe("PRE_SALE");
  expect(phaseOf("QUESTION", ["DRAFT", "CANCELLED"])).toBe("PRE_SALE");
  expect(phaseOf("COMPLAINT", ["FULFILLING"])).toBe("IN_SALE");
  expect(phaseOf("QUESTION", ["CONFIRMED", "FULFILLED"])).toBe("AFTER_SALE");
  expect(phaseOf("REPAIR", [])).toBe("AFTER_SALE");
});

test("merged, a case keeps the earliest times of all, whatever their order; one customer's only", () => {
  const times = fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 2, maxLength: 6 });
  fc.assert(
    fc.property(times, (starts) => {
      const all = starts.map((count, index) => ({
        ...aCase({ customerId: index % 2 ? "c" : "" }, String(index)),
        openTime: minutes(count),
        firstResponseTime: index % 3 ? minutes(count + 5) : null,
      }));
      const [survivor, ...others] = all;
      const after = absorb(survivor!, others, minutes(20_000));
      expect(after.openTime).toEqual(minutes(Math.min(...starts)));
      expect(after.customerId).toBe("c");
      expect(after.customerContactCount).toBe(all.length);
      const answers = all.flatMap(({ firstResponseTime }) => firstResponseTime ?? []).map(Number);
      expect(Number(after.firstResponseTime)).toBe(Math.min(...answers));
    }),
  );
  const [one, other] = [aCase({ customerId: "c" }), aCase({ customerId: "d" }, "b")];
  expect(reasonOf(() => absorb(one, [other], start))).toBe("DIFFERENT_CUSTOMERS");
  const complaint = aCase({ kind: Kind.COMPLAINT, customerId: "c" }, "b");
  expect(reasonOf(() => absorb(one, [complaint], start))).toBe("COMPLAINT_STAYS");
  expect(reasonOf(() => absorb(one, [cancel(aCase({ customerId: "c" }, "b"), start)], start))).toBe(
    "CASE_OVER",
  );
});

test("a part runs on from the first start, also where the whole waits", () => {
  const whole = move(aCase(), "ON_HOLD", minutes(10));
  const part = partOf(
    whole,
    { caseId: "b", subject: "另一台", description: "", kind: 0, topic: "" },
    minutes(30),
  );
  expect(part).toMatchObject({ kind: "INCIDENT", openTime: start, status: "NEW", splitFromCaseId: "a" });
  const marks: Mark[] = [
    { time: start, kind: "open" },
    { time: minutes(10), kind: "pause" },
  ];
  const [first] = clocksOf(marksOfPart(whole, marks, minutes(30)), minutes(40));
  const span = (from: number, until: number) => [minutes(from).getTime(), minutes(until).getTime()];
  expect(first!.stretches).toEqual([span(0, 10), span(30, 40)]);
});
