// Several cases about one thing become one, and one about several things becomes two.
import { refuse } from "@guanxi/kit/refuse";
import { complaintStays } from "./case.ts";
import type { CaseState } from "./case-state.ts";
import { entered, requireOpen } from "./case-status.ts";

/** What the case is that the others go on in: it has their earliest times, and all that was counted. */
export function absorb(survivor: CaseState, absorbed: readonly CaseState[], now: Date): CaseState {
  const all = [survivor, ...absorbed];
  for (const each of all) requireOpen(each);
  requireOneCustomer(all);
  if (survivor.kind !== "COMPLAINT" && absorbed.some(({ kind }) => kind === "COMPLAINT"))
    throw complaintStays("goes on in a case of another kind");
  const first = all.reduce((one, other) => (other.openTime < one.openTime ? other : one));
  return {
    ...survivor,
    customerId: all.find(({ customerId }) => customerId !== null)?.customerId ?? null,
    grade: all.find(({ customerId }) => customerId !== null)?.grade ?? survivor.grade,
    openTime: first.openTime,
    openDate: first.openDate,
    firstResponseTime: earliest(all.map(({ firstResponseTime }) => firstResponseTime)),
    acknowledgeTime: earliest(all.map(({ acknowledgeTime }) => acknowledgeTime)),
    escalationLevel: Math.max(...all.map(({ escalationLevel }) => escalationLevel)),
    sla: { ...survivor.sla, kept: all.flatMap(({ sla }) => sla.kept) },
    customerContactCount: all.reduce((sum, { customerContactCount }) => sum + customerContactCount, 0),
    updateTime: now,
  };
}

export const absorbedInto = (it: CaseState, mergedIntoCaseId: string, now: Date): CaseState =>
  entered({ ...it, mergedIntoCaseId }, "MERGED", now);

function requireOneCustomer(all: readonly CaseState[]): void {
  const customers = new Set(all.flatMap(({ customerId }) => customerId ?? []));
  if (customers.size > 1)
    throw refuse(
      "precondition",
      "DIFFERENT_CUSTOMERS",
      "These are cases of different customers: link them instead.",
    );
}

function earliest(times: readonly (Date | null)[]): Date | null {
  const known = times.flatMap((time) => (time ? [time.getTime()] : []));
  return known.length > 0 ? new Date(Math.min(...known)) : null;
}
