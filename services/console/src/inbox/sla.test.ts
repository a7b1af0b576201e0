import type { SlaTarget } from "@guanxi/client/gen/guanxi";
import { describe, expect, test } from "vitest";
import { clockOf, minutesAndSeconds, nextClock } from "./sla.ts";

const NOW = Date.parse("2026-11-22T09:00:00Z");
const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();

const target = (more: Partial<SlaTarget>): SlaTarget => ({
  kind: "KIND_RESOLUTION",
  state: "STATE_RUNNING",
  targetSeconds: "36000",
  elapsedSeconds: "0",
  stated: false,
  ...more,
});

describe("the clock of a promise", () => {
  test("R083 turns from calm to soon when less than a fifth is left, and to late at the due instant", () => {
    expect(clockOf(target({ dueTime: at(121) }), NOW).tone).toBe("calm");
    expect(clockOf(target({ dueTime: at(119) }), NOW)).toMatchObject({ tone: "soon", seconds: 119 * 60 });
    expect(clockOf(target({ dueTime: at(0) }), NOW)).toMatchObject({ tone: "late", seconds: 0 });
    expect(clockOf(target({ dueTime: at(-5) }), NOW)).toMatchObject({ tone: "late", seconds: -300 });
  });

  test("stands still while it is paused, and has no time left to tell", () => {
    expect(clockOf(target({ state: "STATE_PAUSED" }), NOW)).toMatchObject({ tone: "paused" });
    expect(clockOf(target({ state: "STATE_PAUSED" }), NOW).seconds).toBeUndefined();
  });

  test("counts from the breach, until the answer came", () => {
    const broken = { state: "STATE_BREACHED", dueTime: at(-60), breachTime: at(-30) } as const;
    expect(clockOf(target(broken), NOW)).toMatchObject({ tone: "late", seconds: -1800 });
    expect(clockOf(target({ ...broken, metTime: at(-10) }), NOW).seconds).toBeUndefined();
  });
});

describe("the clock of a case", () => {
  const inProgress = "STATUS_IN_PROGRESS" as const;

  test("is that of what is late, before that of what is due", () => {
    const targets = [
      target({ kind: "KIND_FIRST_RESPONSE", state: "STATE_BREACHED", breachTime: at(-30) }),
      target({ dueTime: at(10) }),
    ];
    expect(nextClock({ status: inProgress, sla: slaOf(targets) }, NOW).target?.kind).toBe(
      "KIND_FIRST_RESPONSE",
    );
  });

  test("is that of what is due first", () => {
    const targets = [target({ dueTime: at(500) }), target({ kind: "KIND_NEXT_RESPONSE", dueTime: at(300) })];
    expect(nextClock({ status: inProgress, sla: slaOf(targets) }, NOW).target?.kind).toBe(
      "KIND_NEXT_RESPONSE",
    );
  });

  test("does not hide a running one behind one that was answered too late", () => {
    const targets = [
      target({ kind: "KIND_FIRST_RESPONSE", state: "STATE_BREACHED", breachTime: at(-30), metTime: at(-20) }),
      target({ dueTime: at(500) }),
    ];
    expect(nextClock({ status: inProgress, sla: slaOf(targets) }, NOW)).toMatchObject({ tone: "calm" });
  });

  test("of a case that is over tells how it ended: late, if one promise was broken", () => {
    const targets = [
      target({ kind: "KIND_FIRST_RESPONSE", state: "STATE_MET", metTime: at(-90) }),
      target({ state: "STATE_BREACHED", breachTime: at(-30), metTime: at(-20) }),
    ];
    expect(nextClock({ status: "STATUS_CLOSED", sla: slaOf(targets) }, NOW).tone).toBe("late");
    expect(nextClock({ status: "STATUS_CLOSED", sla: slaOf([targets[0]!]) }, NOW).tone).toBe("met");
  });

  test("is none where nothing was promised", () => {
    expect(nextClock({ status: inProgress }, NOW)).toEqual({ tone: "none" });
  });
});

test("minutes and seconds have two digits, before and after the instant", () => {
  expect([0, 9, 69, 3599, -61].map(minutesAndSeconds)).toEqual(["00:00", "00:09", "01:09", "59:59", "01:01"]);
});

const slaOf = (targets: SlaTarget[]) => ({
  slaPolicyId: "",
  slaPolicyName: "",
  serviceCalendarId: "",
  entitlement: "",
  targets,
});
