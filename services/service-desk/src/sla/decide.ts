// Which promises hold for a case: of the policy that fits, and never less than the floor.
import type { ServiceCalendarState } from "../calendars/calendar.ts";
import { openingOf } from "../calendars/calendar.ts";
import type { OpeningHours } from "../calendars/opening-hours.ts";
import type { Promises } from "./clock.ts";
import type {
  GradeName,
  KindName,
  PriorityName,
  SlaPolicyState,
  StoredPromise,
  StoredStep,
} from "./policy.ts";

export interface SlaRules {
  /** The active ones, in the order in which they are asked. */
  readonly policies: readonly SlaPolicyState[];
  readonly calendars: readonly ServiceCalendarState[];
}

export interface PolicyFacts {
  readonly kind: KindName;
  readonly priority: PriorityName;
  readonly grade: GradeName | null;
}

export interface Decision {
  /** Null where the floor alone decides. */
  readonly policy: SlaPolicyState | null;
  readonly calendar: ServiceCalendarState;
  readonly opening: OpeningHours;
  readonly promises: Promises;
  readonly entitlement: string;
  readonly escalation: readonly StoredStep[];
  /** Whose steps they are; empty where there are none. */
  readonly stepsOf: string;
}

export function decide(rules: SlaRules, facts: PolicyFacts): Decision {
  const floor = rules.policies.find((policy) => policy.floor)!;
  const policy = rules.policies.find((each) => !each.floor && fits(each, facts)) ?? null;
  const asked = policy ? [policy, floor] : [floor];
  const stepping = asked.find(({ escalation }) => escalation.length > 0);
  return {
    policy,
    ...calendarOf(rules, asked),
    promises: strictest(asked.map((each) => promiseOf(each, facts)!)),
    entitlement: asked.map((each) => entitlementOf(each, facts)).find((text) => text !== undefined) ?? "",
    escalation: stepping?.escalation ?? [],
    stepsOf: stepping?.slaPolicyId ?? "",
  };
}

const fits = (policy: SlaPolicyState, facts: PolicyFacts) =>
  policy.active &&
  (policy.caseKinds.length === 0 || policy.caseKinds.includes(facts.kind)) &&
  promiseOf(policy, facts) !== undefined;

/** Of those that fit the nearest: by grade, by priority, for all. */
function promiseOf({ targets }: SlaPolicyState, facts: PolicyFacts): StoredPromise | undefined {
  const fitting = targets.filter(
    ({ priority, grade }) =>
      (priority === null || priority === facts.priority) && (grade === null || grade === facts.grade),
  );
  const nearness = ({ priority, grade }: StoredPromise) => (grade ? 2 : 0) + (priority ? 1 : 0);
  return fitting.toSorted((a, b) => nearness(b) - nearness(a))[0];
}

const MINUTE = 60;

/** 0 promises nothing; the floor promises all three, so something is always left. */
function strictest(promises: readonly StoredPromise[]): Promises {
  const least = (minutes: readonly number[]) => Math.min(...minutes.filter((each) => each > 0)) * MINUTE;
  return {
    FIRST_RESPONSE: least(promises.map(({ firstResponseMinutes }) => firstResponseMinutes)),
    NEXT_RESPONSE: least(promises.map(({ nextResponseMinutes }) => nextResponseMinutes)),
    RESOLUTION: least(promises.map(({ resolutionMinutes }) => resolutionMinutes)),
  };
}

/** Minutes of a calendar that is seldom open would be a longer promise: of the policy's and the floor's, the longer week counts. */
function calendarOf({ calendars }: SlaRules, asked: readonly SlaPolicyState[]) {
  const main = calendars.find(({ isDefault }) => isDefault)!;
  const named = asked.map(
    ({ serviceCalendarId }) => calendars.find((each) => each.serviceCalendarId === serviceCalendarId) ?? main,
  );
  const opened = [...new Set(named)].map((calendar) => ({ calendar, opening: openingOf(calendar) }));
  return opened.reduce((own, floor) => (floor.opening.weekMinutes > own.opening.weekMinutes ? floor : own));
}

function entitlementOf({ entitlements }: SlaPolicyState, { grade }: PolicyFacts): string | undefined {
  const of = (wanted: GradeName | null) => entitlements.find((each) => each.grade === wanted)?.text;
  return (grade && of(grade)) ?? of(null);
}
