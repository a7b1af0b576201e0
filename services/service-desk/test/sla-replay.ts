// What the events alone say of promises: marks, policies and calendars are rebuilt from the log, and reckoned anew.
import { isDeepStrictEqual } from "node:util";
import { incoming, type Incoming } from "@guanxi/bus/reaction";
import { Grade } from "@guanxi/contract/guanxi/customer/v1/customer";
import {
  Case,
  Case_Kind,
  Case_Priority,
  Case_Status as Status,
} from "@guanxi/contract/guanxi/service_desk/v1/case";
import {
  CaseAnswered,
  CaseCustomerReplied,
  CasesMerged,
} from "@guanxi/contract/guanxi/service_desk/v1/case_events";
import { ServiceCalendar } from "@guanxi/contract/guanxi/service_desk/v1/service_calendar";
import { SlaPolicy } from "@guanxi/contract/guanxi/service_desk/v1/sla_policy";
import { nameOf } from "@guanxi/kit/enum-names";
import type { startService } from "@guanxi/testkit/service";
import { create as calendarOf, type ServiceCalendarState } from "../src/calendars/calendar.ts";
import { type Mark, type MarkKind, mergeMarks } from "../src/sla/clock.ts";
import { decide } from "../src/sla/decide.ts";
import { create as policyOf, type SlaPolicyState } from "../src/sla/policy.ts";
import { presentSla } from "../src/sla/present-sla.ts";
import { slaBy, type StoredSla } from "../src/sla/sla-of.ts";

export interface Replay {
  /** So many times the log told promises that were reckoned. */
  readonly compared: number;
  /** The states of targets among them. */
  readonly states: ReadonlySet<number>;
}

/** Throws where a case says something else of its promises than its events do. */
export async function replay(
  { admin }: Awaited<ReturnType<typeof startService>>,
  tenantId: string,
): Promise<Replay> {
  const { rows } = await admin.query(
    `select subject, payload, 1 as behind, position as place from outbox where tenant_id = $1
     union all select subject, payload, 0, stream_sequence from event_log where tenant_id = $1 order by behind, place`,
    [tenantId],
  );
  const marks = new Map<string, Mark[]>();
  const policies = new Map<string, SlaPolicyState>();
  const calendars = new Map<string, ServiceCalendarState>();
  const known = new Map<string, Case>();
  const promised = new Map<string, StoredSla>();
  const states = new Set<number>();
  let compared = 0;
  for (const { subject, payload } of rows as { subject: string; payload: Buffer }[]) {
    const event = incoming(subject, payload, 0);
    const { aggregateType, aggregateId } = event.meta;
    if (aggregateType === SlaPolicy.$type) policies.set(aggregateId, policyIn(event));
    if (aggregateType === ServiceCalendar.$type) calendars.set(aggregateId, calendarIn(event));
    if (aggregateType === Case.$type && event.envelope.state.length > 0) hear(event);
  }
  return { compared, states };

  function hear(event: Incoming) {
    const id = event.meta.aggregateId;
    const state = Case.decode(event.envelope.state);
    const before = known.get(id);
    known.set(id, state);
    marks.set(id, [...(marks.get(id) ?? []), ...marksOf(event, state, before)]);
    const absorbed =
      event.type === CasesMerged.$type ? CasesMerged.decode(event.payload).absorbedCaseIds : [];
    for (const each of absorbed) marks.set(id, mergeMarks(marks.get(id)!, marks.get(each)!));
    const ones = [before ? id : state.splitFromCaseId, ...absorbed];
    const kept = ones.flatMap((each) => promised.get(each)?.kept ?? []);
    const facts = { ...factsOf(state), marks: marks.get(id)!, sla: { targets: [], kept } };
    const { sla } = slaBy(decide(rules(), facts), facts, event.meta.time!);
    promised.set(id, sla);
    if (before && isDeepStrictEqual(before.sla, state.sla)) return;
    const wanted = presentSla(sla);
    if (!isDeepStrictEqual(wanted, { ...state.sla! }))
      throw new Error(
        `${event.type}: ${shown({ state: state.sla, replayed: wanted, marks: marks.get(id) })}`,
      );
    compared++;
    for (const target of wanted.targets) states.add(target.state);
  }

  function rules() {
    const asked = [...policies.values()].filter(({ active }) => active);
    const byRank = (a: SlaPolicyState, b: SlaPolicyState) =>
      a.rank - b.rank || a.createTime.getTime() - b.createTime.getTime();
    return { policies: asked.toSorted(byRank), calendars: [...calendars.values()] };
  }

  function marksOf({ type, payload }: Incoming, state: Case, before: Case | undefined): Mark[] {
    if (!before && state.splitFromCaseId) {
      const first = marks.get(state.splitFromCaseId)!;
      const stands = standing(first);
      return stands ? [...first, { time: state.createTime!, kind: "resume" }] : first;
    }
    if (!before) return [{ time: state.openTime!, kind: "open" }];
    const kinds = stepsBetween(before.status, state.status);
    const said = saidIn(type, payload);
    const over = [Status.CLOSED, Status.CANCELLED, Status.MERGED].includes(before.status as 7);
    return [...kinds.map((kind) => ({ time: state.updateTime!, kind })), ...(said && !over ? [said] : [])];
  }
}

const PAUSED: readonly number[] = [Status.WAITING_CUSTOMER, Status.ON_HOLD];
const DONE: readonly number[] = [Status.RESOLVED, Status.CLOSED];

function stepsBetween(before: number, after: number): MarkKind[] {
  if (before === after) return [];
  const paused = [PAUSED.includes(before), PAUSED.includes(after)] as const;
  const again = DONE.includes(before) && !DONE.includes(after);
  const end = ENDS.get(after);
  return [
    ...(paused[0] && !paused[1] ? ["resume" as const] : []),
    ...(paused[1] && !paused[0] ? ["pause" as const] : []),
    ...(again ? ["reopen" as const] : []),
    ...(end ? [end] : []),
  ];
}

const ENDS: ReadonlyMap<number, MarkKind> = new Map([
  [Status.RESOLVED, "resolve"],
  [Status.CANCELLED, "stop"],
  [Status.MERGED, "stop"],
]);

/** Whether a case waits or is on hold, by its marks. */
const standing = (all: readonly Mark[]) =>
  all.findLast(({ kind }) => kind === "pause" || kind === "resume" || kind === "reopen")?.kind === "pause";

function saidIn(type: string, payload: Uint8Array): Mark | undefined {
  if (type === CaseAnswered.$type) return { time: CaseAnswered.decode(payload).saidTime!, kind: "reply" };
  if (type === CaseCustomerReplied.$type)
    return { time: CaseCustomerReplied.decode(payload).saidTime!, kind: "customer" };
  return undefined;
}

const factsOf = ({ kind, priority, grade }: Case) => ({
  kind: nameOf(Case_Kind, kind)!,
  priority: nameOf(Case_Priority, priority)!,
  grade: nameOf(Grade, grade),
});

function policyIn({ envelope }: Incoming): SlaPolicyState {
  const said = SlaPolicy.decode(envelope.state);
  return { ...policyOf(said, said.slaPolicyId, said.createTime!), floor: said.floor, active: said.active };
}

function calendarIn({ envelope }: Incoming): ServiceCalendarState {
  const said = ServiceCalendar.decode(envelope.state);
  return calendarOf(said, { id: said.serviceCalendarId, now: said.createTime!, timeZone: said.timeZone });
}

const shown = (value: unknown) =>
  JSON.stringify(value, (_, each: unknown) => (typeof each === "bigint" ? Number(each) : each), 1);
