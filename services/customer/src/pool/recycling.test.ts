import { addDays } from "@guanxi/kit/days";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ID, now } from "../../test/builders.ts";
import { firstPolicy } from "./pool-policy.ts";
import { type Deeds, type Owned, recyclingOf } from "./recycling.ts";

const ZONE = "Asia/Shanghai";
const DAY_MS = 86_400_000;
const owned: Owned = { ownerId: ID, ownerSinceTime: now, createTime: now, state: "ACTIVE" };
const nothing: Deeds = {
  lastOutboundTime: null,
  lastOrderDate: null,
  openOpportunityCount: 0,
  openOrderCount: 0,
};
const rules = firstPolicy(ID, now);
const day = fc.integer({ min: 0, max: 60 });

test("without rules, without an owner and out of the active book nobody is recycled", () => {
  const strict = { ...rules, recycleWithoutContactDays: 1, recycleWithoutOrderDays: 1 };
  expect(recyclingOf(rules, owned, nothing, ZONE)).toBeUndefined();
  expect(recyclingOf(strict, { ...owned, ownerId: null }, nothing, ZONE)).toBeUndefined();
  expect(recyclingOf(strict, { ...owned, state: "ARCHIVED" }, nothing, ZONE)).toBeUndefined();
  const deal = { ...nothing, openOpportunityCount: 1 };
  expect(recyclingOf({ ...strict, keepOpenDeals: true }, owned, deal, ZONE)).toBeUndefined();
  expect(recyclingOf(strict, owned, deal, ZONE)).toBeDefined();
});

test("a customer goes back at the instant of the rule, never while it is protected, and later with every contact", () => {
  fc.assert(
    fc.property(day, day, day, day, (protection, contact, silence, since) => {
      const policy = { ...rules, protectionDays: protection, recycleWithoutContactDays: silence + 1 };
      const lastOutboundTime = new Date(now.getTime() + (contact - since) * DAY_MS);
      const due = recyclingOf(policy, owned, { ...nothing, lastOutboundTime }, ZONE)!;
      const begun = Math.max(now.getTime(), lastOutboundTime.getTime());
      const safe = now.getTime() + protection * DAY_MS;
      expect(due.time.getTime()).toBe(Math.max(safe, begun + (silence + 1) * DAY_MS));
      const more = { ...nothing, lastOutboundTime: new Date(lastOutboundTime.getTime() + DAY_MS) };
      expect(recyclingOf(policy, owned, more, ZONE)!.time >= due.time).toBe(true);
    }),
  );
});

test("days without an order are those of the tenant's calendar, and the earlier of two rules takes the customer", () => {
  const policy = { ...rules, recycleWithoutOrderDays: 10, recycleWithoutContactDays: 30 };
  const lastOrderDate = addDays("2026-03-01", 5);
  const due = recyclingOf(policy, owned, { ...nothing, lastOrderDate }, ZONE)!;
  expect(due).toMatchObject({ rule: "no_order", time: new Date("2026-03-16T00:00:00+08:00") });
  const quiet = recyclingOf(policy, owned, { ...nothing, lastOrderDate: "2026-04-30" }, ZONE)!;
  expect(quiet).toMatchObject({ rule: "no_contact", time: new Date(now.getTime() + 30 * DAY_MS) });
  // An order from before the owner's time gives the owner no more days, and takes none.
  const before = recyclingOf(policy, owned, { ...nothing, lastOrderDate: "2025-01-01" }, ZONE)!;
  expect(before).toMatchObject({ rule: "no_order", time: new Date(now.getTime() + 10 * DAY_MS) });
});
