// What is promised for a case, as it stands in its row, and when to look at it next.
import { enqueue } from "@guanxi/bus/enqueue";
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";
import type { ServiceCalendarState } from "../calendars/calendar.ts";
import { calendars, ensureCalendar } from "../calendars/calendars.ts";
import type { Mark, StoredTarget } from "./clock.ts";
import { decide, type Decision, type PolicyFacts, type SlaRules } from "./decide.ts";
import type { Instant } from "./instants.ts";
import { ensurePolicies } from "./policies.ts";
import { type KeptClock, reckon } from "./standing.ts";
import { keyOf, toldOfAll } from "./told.ts";

export interface StoredSla {
  readonly slaPolicyId: string;
  readonly slaPolicyName: string;
  readonly serviceCalendarId: string;
  readonly entitlement: string;
  readonly targets: readonly StoredTarget[];
  /** No part of the public state. */
  readonly kept: readonly KeptClock[];
}

export interface SlaFacts extends PolicyFacts {
  readonly marks: readonly Mark[];
  /** As it was before: what has ended, and what an import has told, stays as it is. */
  readonly sla?: Pick<StoredSla, "targets" | "kept">;
}

/** What a case is promised, and what is to be said of it some day, in the order of time. */
export interface Reckoning {
  readonly sla: StoredSla;
  readonly instants: readonly Instant[];
}

/** The job that looks at a case; its subject is the case's id. */
export const CASE_WATCH = "case watch";

/** For commands: the targets as they stand now. Never without any: the floor holds for every case (R056). */
export const slaFor = async (at: At, facts: SlaFacts): Promise<Reckoning> =>
  slaBy(decide(await slaRules(at), facts), facts, at.now);

/** Pure: the same marks under the same rules give the same promises. */
export function slaBy(decision: Decision, { marks, sla }: SlaFacts, now: Date): Reckoning {
  const { policy, calendar, entitlement } = decision;
  const { targets, instants, kept } = reckon(decision, marks, now, sla?.kept);
  const stated = (sla?.targets ?? []).filter((target) => target.stated && !isTakenBack(target, kept));
  const told = new Set(stated.map(({ kind }) => kind));
  return {
    sla: {
      slaPolicyId: policy?.slaPolicyId ?? "",
      slaPolicyName: policy?.displayName ?? "",
      serviceCalendarId: calendar.serviceCalendarId,
      entitlement,
      targets: [...stated, ...targets.filter(({ kind }) => !told.has(kind))],
      kept,
    },
    instants: instants.filter(({ kind }) => !told.has(kind)),
  };
}

/** That it was solved in time is no longer true of a case that has been opened again. */
const isTakenBack = ({ kind, state }: StoredTarget, ended: readonly KeptClock[]) =>
  kind === "RESOLUTION" && state === "MET" && !ended.some((clock) => clock.kind === kind);

/** A case whose clocks have changed, and what is to be said of it. */
export interface Watched {
  readonly caseId: string;
  readonly instants: readonly Instant[];
}

/** Whoever changes the clocks of cases says so, and the job looks at each when something is next to be said of it. */
export async function watch(at: At, cases: readonly Watched[]): Promise<void> {
  const late = cases.filter(({ instants }) => instants.some(({ reached }) => reached));
  const told =
    late.length > 0
      ? await toldOfAll(
          at,
          late.map(({ caseId }) => caseId),
        )
      : undefined;
  for (const { caseId, instants } of cases) {
    const next = nextOf(instants, told?.get(caseId));
    if (next) enqueue(at, CASE_WATCH, caseId, new Date(next.time));
  }
}

/** Where a promise has been made anew and will be broken again, that is not said twice, but looked at. */
export const nextOf = (instants: readonly Instant[], told: ReadonlySet<string> = new Set()) =>
  instants.find((instant) => !told.has(keyOf(instant)) || !(instant.reached || instant.step));

/** Asked once in a command, however many cases it is about. */
export async function slaRules(at: At): Promise<SlaRules> {
  const key = "sla rules";
  const known = at.known.get(key) as Promise<SlaRules> | undefined;
  if (known) return known;
  const asked = loadRules(at);
  at.known.set(key, asked);
  return asked;
}

async function loadRules(at: At): Promise<SlaRules> {
  const [policies, main] = [await ensurePolicies(at), await ensureCalendar(at)];
  const wanted = policies.flatMap(({ serviceCalendarId }) => serviceCalendarId ?? []);
  const others = await named<ServiceCalendarState>(at, {
    name: "service_calendars of policies",
    text: `${calendars.select} where service_calendar_id = any($1::uuid[]) and not is_default`,
    values: [wanted],
  });
  return { policies, calendars: [main, ...others] };
}
