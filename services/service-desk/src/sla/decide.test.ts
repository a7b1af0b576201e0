import { SlaPolicy } from "@guanxi/contract/guanxi/service_desk/v1/sla_policy";
import { expect, test } from "vitest";
import { firstCalendar, type ServiceCalendarState } from "../calendars/calendar.ts";
import { decide, type PolicyFacts } from "./decide.ts";
import { firstFloor, firstPolicy } from "./first-policies.ts";
import { present } from "./policies.ts";
import { change, create, setActive, type SlaPolicyState, type StoredPromise } from "./policy.ts";

const now = new Date("2026-03-01T12:00:00Z");
const office = firstCalendar({ id: "office", now, timeZone: "Asia/Shanghai" });
const seldom: ServiceCalendarState = {
  ...office,
  serviceCalendarId: "seldom",
  hours: [{ days: ["MONDAY"], from: "10:00", until: "11:00" }],
  isDefault: false,
};
const always: ServiceCalendarState = {
  ...seldom,
  serviceCalendarId: "always",
  hours: [
    {
      days: ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"],
      from: "00:00",
      until: "24:00",
    },
  ],
};
const calendars = [office, seldom, always];
const floor = firstFloor("floor", now);
const standard = firstPolicy("standard", now);
const facts: PolicyFacts = { kind: "REQUEST", priority: "NORMAL", grade: null };
const decided = (policies: SlaPolicyState[], more: Partial<PolicyFacts> = {}) =>
  decide({ policies, calendars }, { ...facts, ...more });
const promise = (minutes: number, more: Partial<StoredPromise> = {}): StoredPromise => ({
  priority: null,
  grade: null,
  firstResponseMinutes: minutes,
  nextResponseMinutes: minutes,
  resolutionMinutes: minutes,
  ...more,
});
const policy = (more: Partial<SlaPolicyState>): SlaPolicyState => ({
  ...standard,
  entitlements: [],
  ...more,
});

test("R033 two grades have two entitlements, in times and in words", () => {
  const [best, usual] = [
    decided([standard, floor], { grade: "A" }),
    decided([standard, floor], { grade: "C" }),
  ];
  expect(best.promises.FIRST_RESPONSE).toBe(120 * 60);
  expect(usual.promises.FIRST_RESPONSE).toBe(270 * 60);
  expect(best.entitlement).toMatch(/named contact/);
  expect(usual.entitlement).not.toBe(best.entitlement);
});

test("R056 whatever grade, kind and priority, all three are promised, and never more slowly than the floor does", () => {
  const slow = policy({ targets: [promise(1_000_000)] });
  for (const grade of ["A", "B", "C", "D", null] as const)
    for (const priority of ["LOW", "NORMAL", "HIGH", "URGENT"] as const) {
      const alone = decided([floor], { grade, priority });
      expect(alone.policy).toBeNull();
      expect(Object.values(alone.promises).every((seconds) => seconds > 0 && seconds < 1e6)).toBe(true);
      expect(decided([slow, floor], { grade, priority }).promises).toEqual(alone.promises);
    }
});

test("R056 what a policy leaves out the floor promises", () => {
  const partly = policy({ targets: [promise(10, { resolutionMinutes: 0 })] });
  expect(decided([partly, floor]).promises).toEqual({
    FIRST_RESPONSE: 600,
    NEXT_RESPONSE: 600,
    RESOLUTION: 5400 * 60,
  });
});

test("R056 hours that come seldom do not undercut the floor, longer ones hold", () => {
  expect(decided([policy({ serviceCalendarId: "seldom" }), floor]).calendar).toBe(office);
  expect(decided([policy({ serviceCalendarId: "always" }), floor]).calendar).toBe(always);
  expect(decided([standard, { ...floor, serviceCalendarId: "always" }]).calendar).toBe(always);
});

test("the nearest target counts: by grade, by priority, for all", () => {
  const targets = [
    promise(4),
    promise(3, { priority: "NORMAL" }),
    promise(2, { grade: "B" }),
    promise(1, { priority: "NORMAL", grade: "B" }),
  ];
  const first = (more: Partial<PolicyFacts>) =>
    decided([policy({ targets }), floor], more).promises.FIRST_RESPONSE / 60;
  expect(first({ grade: "B" })).toBe(1);
  expect(first({ grade: "B", priority: "LOW" })).toBe(2);
  expect(first({ grade: "C" })).toBe(3);
  expect(first({ grade: "C", priority: "LOW" })).toBe(4);
});

test("policies are asked in their order; one of another kind, without targets or out of use is passed by", () => {
  const complaints = policy({ slaPolicyId: "complaints", caseKinds: ["COMPLAINT"] });
  const urgent = policy({ slaPolicyId: "urgent", targets: [promise(5, { priority: "URGENT" })] });
  const gone = policy({ slaPolicyId: "gone", active: false });
  const all = [gone, complaints, urgent, standard, floor];
  expect(decided(all).policy?.slaPolicyId).toBe("standard");
  expect(decided(all, { kind: "COMPLAINT" }).policy?.slaPolicyId).toBe("complaints");
  expect(decided(all, { priority: "URGENT" }).policy?.slaPolicyId).toBe("urgent");
});

test("the steps are those of the policy, else the floor's", () => {
  const own = [{ ...floor.escalation[0]!, percent: 80 }];
  expect(decided([policy({ escalation: own }), floor]).escalation).toEqual(own);
  expect(decided([standard, floor]).escalation).toEqual(floor.escalation);
});

test("the first ones keep the rules", () => {
  expect(create(present(standard), "standard", now)).toEqual(standard);
  expect(change({ ...floor, version: 1 }, present(floor), now)).toEqual({ ...floor, version: 1 });
});

test.for([
  ["sla_policy.case_kinds", { caseKinds: [1] }],
  [
    "sla_policy.targets",
    { targets: [{ priority: 2, firstResponseMinutes: 1, nextResponseMinutes: 1, resolutionMinutes: 1 }] },
  ],
  ["sla_policy.targets[0]", { targets: [{ firstResponseMinutes: 1, nextResponseMinutes: 1 }] }],
  [
    "sla_policy.targets[0].grade",
    { targets: [{ grade: 1, firstResponseMinutes: 1, nextResponseMinutes: 1, resolutionMinutes: 1 }] },
  ],
] as const)("R056 the floor is not to be had without %s: %o", ([field, more]) => {
  const sent = SlaPolicy.fromPartial({ ...present(floor), ...more } as never);
  expect(() => change(floor, sent, now)).toThrow(
    expect.objectContaining({
      reason: "FLOOR_INCOMPLETE",
      violations: expect.arrayContaining([expect.objectContaining({ field })]),
    }),
  );
});

test("the floor stays, and a policy goes and comes back", () => {
  expect(() => setActive(floor, false, now)).toThrow(expect.objectContaining({ reason: "FLOOR_STAYS" }));
  expect(setActive(standard, true, now)).toBe(standard);
  expect(setActive(setActive(standard, false, now), true, now)).toEqual(standard);
});

test("nothing is said twice", () => {
  const twice = SlaPolicy.fromPartial({ targets: [{ priority: 1 }, { priority: 1 }] });
  expect(() => create(twice, "p", now)).toThrow(
    expect.objectContaining({
      violations: [expect.objectContaining({ field: "sla_policy.targets[1]", reason: "TWICE" })],
    }),
  );
});
