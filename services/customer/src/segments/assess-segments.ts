// Who is in which segment, said as events that alternate: entered, left, entered.
import { SegmentEntered, SegmentLeft } from "@guanxi/contract/guanxi/customer/v1/segment_events";
import type { At } from "@guanxi/kit/at";
import { compileFilter } from "@guanxi/kit/filter/compile";
import { Refusal } from "@guanxi/kit/refuse";
import { record } from "@guanxi/kit/store";
import type { Finding, Looked } from "../checks/assessor.ts";
import { type Condition, nextTurn, reasonOf } from "./condition.ts";
import { membershipIdOf, memberships, membershipsOf } from "./memberships.ts";
import type { MembershipState, SegmentState } from "./segment.ts";
import { keptSegments } from "./segments.ts";
import { type Subject, subjectFields } from "./subject.ts";

/** All segments; customers that are not active leave those that they are in. */
export async function assessSegments(at: At, looked: readonly Looked[]): Promise<Map<string, Finding>> {
  return looked.length === 0 ? new Map() : assessIn(at, looked, await keptSegments(at));
}

/** Only the segments given, of customers that are locked. */
export async function assessIn(
  at: At,
  looked: readonly Looked[],
  segments: readonly SegmentState[],
): Promise<Map<string, Finding>> {
  const conditions = await compileAll(at, segments);
  if (conditions.length === 0) return new Map();
  const known = new Map(
    (
      await membershipsOf(
        at,
        looked.map(({ customer }) => customer.customerId),
      )
    ).map((row) => [row.membershipId, row]),
  );
  const changes: Change[] = [];
  const findings = new Map<string, Finding>();
  for (const each of looked) {
    const subject = { ...each, today: at.today };
    for (const one of conditions) changes.push(...changeOf(at, one, subject, known));
    findings.set(each.customer.customerId, { again: earliest(at, conditions, subject) });
  }
  tell(at, changes);
  return findings;
}

/** Of customers that are there no more, as after an import that was taken back. */
export async function leaveAll(at: At, customerIds: readonly string[]): Promise<void> {
  if (customerIds.length === 0) return;
  const members = (await membershipsOf(at, customerIds)).filter(({ member }) => member);
  const left = members.map((each) => ({ ...each, member: false, sinceTime: at.now }));
  record(at, memberships, left, SegmentLeft, { reason: "the customer was removed" });
}

interface Compiled {
  readonly segment: SegmentState;
  readonly condition: Condition;
}

/** A condition that named a value which a field has no more decides nothing until it is changed: its members stay. */
async function compileAll(at: At, segments: readonly SegmentState[]): Promise<Compiled[]> {
  if (segments.length === 0) return [];
  const fields = await subjectFields(at, segments.map(({ condition }) => condition).join(" "));
  return segments.flatMap((segment) => {
    try {
      return { segment, condition: compileFilter(segment.condition, fields) };
    } catch (error) {
      if (error instanceof Refusal) return [];
      throw error;
    }
  });
}

interface Change {
  readonly after: MembershipState;
  readonly reason: string;
}

function changeOf(
  at: At,
  { segment: { segmentId }, condition }: Compiled,
  subject: Subject,
  known: ReadonlyMap<string, MembershipState>,
): Change[] {
  const { customerId, state } = subject.customer;
  const membershipId = membershipIdOf(segmentId, customerId);
  const before = known.get(membershipId);
  const isActive = state === "ACTIVE";
  const member = isActive && condition.matches(subject, at);
  if (member === (before?.member ?? false)) return [];
  const reason = isActive ? reasonOf(condition, subject) : `the customer is ${state}`;
  const { version } = before ?? { version: 0 };
  return [{ after: { membershipId, segmentId, customerId, member, sinceTime: at.now, version }, reason }];
}

/** One statement for all that say the same, since a segment that is built may have a million members. */
function tell(at: At, changes: readonly Change[]): void {
  const groups = Map.groupBy(
    changes,
    ({ after: { member, version }, reason }) => `${member} ${version === 0} ${reason}`,
  );
  for (const group of groups.values()) {
    const [{ reason, after }] = group as [Change, ...Change[]];
    const states = group.map((change) => change.after);
    record(at, memberships, states, after.member ? SegmentEntered : SegmentLeft, { reason });
  }
}

function earliest(at: At, conditions: readonly Compiled[], subject: Subject): Date | undefined {
  if (subject.customer.state !== "ACTIVE") return undefined;
  const turns = conditions.flatMap(({ condition }) => nextTurn(condition, subject, at)?.getTime() ?? []);
  return turns.length === 0 ? undefined : new Date(Math.min(...turns));
}
