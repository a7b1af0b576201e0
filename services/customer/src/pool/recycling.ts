// When a customer goes back to the public pool: a matter of the rules, its owner's last contact and its last order.
import { addDays } from "@guanxi/kit/days";
import type { CustomerState } from "../customers/customer-state.ts";
import { startOfDay } from "../dates.ts";
import type { FactsState } from "../facts/facts.ts";
import type { PoolRules } from "./pool-policy.ts";

export type Owned = Pick<CustomerState, "ownerId" | "ownerSinceTime" | "createTime" | "state">;
export type Deeds = Pick<
  FactsState,
  "lastOutboundTime" | "lastOrderDate" | "openOpportunityCount" | "openOrderCount"
>;

export interface Recycling {
  readonly time: Date;
  readonly rule: "no_contact" | "no_order";
  readonly because: string;
}

const DAY_MS = 86_400_000;

export const daysAfter = (time: Date, days: number) => new Date(time.getTime() + days * DAY_MS);

/** An owner older than the column that says since when has been there from the beginning. */
const ownedSince = ({ ownerSinceTime, createTime }: Owned): Date => ownerSinceTime ?? createTime;

export const protectedUntil = ({ protectionDays }: PoolRules, customer: Owned): Date =>
  daysAfter(ownedSince(customer), protectionDays);

/** The first instant at which a rule takes it, unless something happens before; undefined where none does. */
export function recyclingOf(
  rules: PoolRules,
  customer: Owned,
  deeds: Deeds,
  timeZone: string,
): Recycling | undefined {
  if (customer.ownerId === null || customer.state !== "ACTIVE") return undefined;
  if (rules.keepOpenDeals && deeds.openOpportunityCount + deeds.openOrderCount > 0) return undefined;
  const due = [withoutContact(rules, customer, deeds), withoutOrder(rules, customer, deeds, timeZone)]
    .filter((each) => each !== undefined)
    .sort((a, b) => a.time.getTime() - b.time.getTime())[0];
  return due && { ...due, time: later(due.time, protectedUntil(rules, customer)) };
}

function withoutContact(
  { recycleWithoutContactDays: days }: PoolRules,
  customer: Owned,
  deeds: Deeds,
): Recycling | undefined {
  if (days === 0) return undefined;
  const since = later(deeds.lastOutboundTime, ownedSince(customer));
  const because = `no contact for ${days} days, since ${since.toISOString()}`;
  return { time: daysAfter(since, days), rule: "no_contact", because };
}

/** An order has a day and no hour, so its days are those of the calendar. */
function withoutOrder(
  { recycleWithoutOrderDays: days }: PoolRules,
  customer: Owned,
  { lastOrderDate }: Deeds,
  timeZone: string,
): Recycling | undefined {
  if (days === 0) return undefined;
  const owned = ownedSince(customer);
  const ordered = lastOrderDate === null ? undefined : startOfDay(lastOrderDate, timeZone);
  const because = `no order for ${days} days, since ${ordered && ordered > owned ? lastOrderDate : owned.toISOString()}`;
  const time =
    ordered && ordered > owned ? startOfDay(addDays(lastOrderDate!, days), timeZone) : daysAfter(owned, days);
  return { time, rule: "no_order", because };
}

const later = (a: Date | null, b: Date): Date => (a && a > b ? a : b);
