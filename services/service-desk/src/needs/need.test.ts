import { Need, NeedSource_Kind } from "@guanxi/contract/guanxi/service_desk/v1/need";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decline, identify, move, reopen, satisfy } from "./need.ts";
import type { NeedState, NeedStatus } from "./need-state.ts";

const now = new Date("2026-03-02T08:00:00Z");
const setting = { now, today: "2026-03-02" };
const sent = (more: object = {}) =>
  Need.fromPartial({ statement: "A drill", source: { kind: NeedSource_Kind.INTERVIEW }, ...more });

const STEPS: readonly ((need: NeedState) => NeedState)[] = [
  ...(["IDENTIFIED", "CONFIRMED", "PLANNED", "IN_PROGRESS", "SATISFIED", "DECLINED"] as NeedStatus[]).map(
    (status) => (need: NeedState) => move(need, status, now),
  ),
  (need) => satisfy(need, setting),
  (need) => decline(need, "too dear", now),
  (need) => reopen(need, now),
];

const tried = (need: NeedState, step: (need: NeedState) => NeedState) => {
  try {
    return step(need);
  } catch {
    return need;
  }
};

test("R087 whatever is tried, a need has the date of its end and the reason of its refusal exactly when it has that end", () => {
  const steps = fc.array(fc.constantFrom(...STEPS), { maxLength: 30 });
  fc.assert(
    fc.property(steps, fc.boolean(), (tries, isSomebodys) => {
      const customerId = isSomebodys ? "0198c0de-0000-7000-8000-000000000001" : "";
      let need = identify(sent({ customerId }), "n", setting);
      for (const step of tries) {
        const after = tried(need, step);
        // Said again, nothing is different, but for what is reopened: that is an end no more.
        if (after !== need && after.status !== "REOPENED") expect(tried(after, step)).toBe(after);
        if (need.status === "SATISFIED" && after !== need) expect(after.status).toBe("REOPENED");
        need = after;
        expect(need.satisfiedDate !== null).toBe(need.status === "SATISFIED");
        expect(need.toldTime !== null).toBe(need.status === "SATISFIED" && isSomebodys);
        expect(need.declineReason !== "").toBe(need.status === "DECLINED");
      }
    }),
  );
});

test("a need is not known of before it is said", () => {
  const identifyTime = new Date(now.getTime() + 1);
  expect(() => identify(sent({ identifyTime }), "n", setting)).toThrow("a time that has been");
});
