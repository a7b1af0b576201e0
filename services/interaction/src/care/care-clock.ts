// When a customer is due for care: pure functions of plan, clock, what is known of the customer, and the day.
import type { CarePlanState } from "./care-plan.ts";

export interface CareClock {
  readonly careClockId: string;
  readonly carePlanId: string;
  readonly customerId: string;
  readonly orderId: string | null;
  readonly nextDueDate: string | null;
  /** What lists and the search for what is due go by. */
  readonly dueOrderDate: string;
  /** Of regular care: the day that the days are counted from. */
  readonly sinceDate: string | null;
  /** Mark of the customer and terms of the plan by which it was set. */
  readonly mark: number;
  readonly terms: number;
  /** The last occasion of which something was made; none is made of twice. */
  readonly occasion: string;
  readonly openTaskId: string | null;
  readonly madeCount: number;
  readonly doneCount: number;
  readonly skippedCount: number;
  readonly lastDoneDate: string | null;
  readonly version: number;
}

export interface CareFacts {
  /** Below 0 where there is to be no care: archived, merged, erased. */
  readonly mark: number;
  readonly grade: number;
  readonly birthDay: number | null;
  readonly registeredDate: string;
  readonly firstOrderDate: string | null;
  /** Of the last order or contact. */
  readonly lastSeenDate: string | null;
  /** Of the order that the clock is of. */
  readonly orderDate: string | null;
}

/** So long after its day an occasion may still be kept: a birthday wish a month later would be worse than none. */
const LATE_DAYS = 7;
const NEVER = "9999-12-31";
const DAY_MS = 86_400_000;

export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

const timed = (clock: CareClock, nextDueDate: string | null): CareClock => ({
  ...clock,
  nextDueDate,
  dueOrderDate: nextDueDate ?? NEVER,
});

const cadenceOf = ({ cadences }: CarePlanState, { grade }: CareFacts): number | undefined =>
  cadences.find((cadence) => cadence.grade === grade)?.days;

const isCaredFor = (plan: CarePlanState, facts: CareFacts): boolean =>
  facts.mark >= 0 &&
  (plan.occasion === "REGULAR"
    ? cadenceOf(plan, facts) !== undefined
    : plan.grades.length === 0 || plan.grades.includes(facts.grade));

/** For a clock that is new, or was set by another grade, birthday or plan than there is now. */
export function setClock(plan: CarePlanState, clock: CareClock, facts: CareFacts, today: string): CareClock {
  const current = { ...clock, mark: facts.mark, terms: plan.terms };
  if (plan.occasion !== "REGULAR" || !isCaredFor(plan, facts))
    return timed(current, nextDue(plan, current, facts, today));
  const since = { ...current, sinceDate: clock.sinceDate ?? firstSince(plan, clock, facts, today) };
  return timed(since, nextDue(plan, since, facts, today));
}

/** Who was here before the plan is spread over the days of the cadence by their id, always in the same way. */
function firstSince(plan: CarePlanState, { customerId }: CareClock, facts: CareFacts, today: string): string {
  if (facts.registeredDate >= plan.startDate) return facts.registeredDate;
  const days = cadenceOf(plan, facts)!;
  const place = Number.parseInt(customerId.replaceAll("-", "").slice(-8), 16) % days;
  return addDays(today, place + 1 - days);
}

function nextDue(plan: CarePlanState, clock: CareClock, facts: CareFacts, today: string): string | null {
  if (!isCaredFor(plan, facts)) return null;
  switch (plan.occasion) {
    case "REGULAR":
      return clock.openTaskId ? null : addDays(clock.sinceDate!, cadenceOf(plan, facts)!);
    case "BIRTHDAY":
      return facts.birthDay ? yearly(facts.birthDay, clock, today) : null;
    case "REGISTRATION_ANNIVERSARY":
      return anniversary(facts.registeredDate, clock, today);
    case "PURCHASE_ANNIVERSARY":
      return facts.firstOrderDate ? anniversary(facts.firstOrderDate, clock, today) : null;
    case "AFTER_ORDER":
      return facts.orderDate && clock.occasion === "" ? addDays(facts.orderDate, plan.days) : null;
    case "SILENCE":
      return silenceDue(plan, clock, facts, today);
  }
}

/** Of a silence that something was made of already one looks again later: never too late for the next one. */
function silenceDue(
  { days }: CarePlanState,
  { occasion }: CareClock,
  facts: CareFacts,
  today: string,
): string {
  const seen = lastSeen(facts);
  return addDays(occasion === seen ? today : seen, days);
}

const lastSeen = ({ lastSeenDate, registeredDate }: CareFacts) => lastSeenDate ?? registeredDate;

/** The first day of the year's round that is not before today, and not of a year that is done with. */
function yearly(monthDay: number, { occasion }: Pick<CareClock, "occasion">, today: string): string {
  const year = Math.max(Number(today.slice(0, 4)), Number(occasion) + 1);
  const day = dayInYear(year, monthDay);
  return day >= today ? day : dayInYear(year + 1, monthDay);
}

/** Not in the year itself. */
function anniversary(day: string, clock: CareClock, today: string): string {
  const firstYear = day.slice(0, 4);
  const occasion = clock.occasion > firstYear ? clock.occasion : firstYear;
  const from = today > day ? today : day;
  return yearly(Number(day.slice(5, 7)) * 100 + Number(day.slice(8)), { occasion }, from);
}

/** February 29 is the 28th in a year without one. */
function dayInYear(year: number, monthDay: number): string {
  const leap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
  const real = monthDay === 229 && !leap ? 228 : monthDay;
  const digits = String(real).padStart(4, "0");
  return `${year}-${digits.slice(0, 2)}-${digits.slice(2)}`;
}

export interface Struck {
  readonly clock: CareClock;
  /** Of what something is to be made now; undefined where there is nothing after all. */
  readonly occasion: string | undefined;
}

/** What a clock says on its day, or later when nobody looked: at most one occasion, then its next day. */
export function strike(plan: CarePlanState, clock: CareClock, facts: CareFacts, today: string): Struck {
  const occasion = isCaredFor(plan, facts) ? occasionOf(plan, clock, facts, today) : undefined;
  const counted = occasion === undefined ? clock : { ...clock, occasion, madeCount: clock.madeCount + 1 };
  // Without a task nobody will say that it is done.
  const since =
    plan.occasion === "REGULAR" && plan.taskTitle === "" ? { ...counted, sinceDate: today } : counted;
  // An order has one day, kept or missed.
  const next = plan.occasion === "AFTER_ORDER" ? null : nextDue(plan, since, facts, today);
  return { occasion, clock: timed(since, next) };
}

function occasionOf(
  plan: CarePlanState,
  clock: CareClock,
  facts: CareFacts,
  today: string,
): string | undefined {
  const due = clock.nextDueDate!;
  const late = addDays(due, LATE_DAYS) < today;
  switch (plan.occasion) {
    case "REGULAR":
      return `${clock.madeCount + 1}`;
    case "AFTER_ORDER":
      return late || clock.occasion !== "" ? undefined : "order";
    case "SILENCE": {
      const seen = lastSeen(facts);
      return addDays(seen, plan.days) > today || clock.occasion === seen ? undefined : seen;
    }
    default:
      return late ? undefined : due.slice(0, 4);
  }
}

/** What was made now has this task; regular care waits until it is over. */
export const withTask = (plan: CarePlanState, clock: CareClock, openTaskId: string): CareClock =>
  plan.occasion === "REGULAR" ? timed({ ...clock, openTaskId }, null) : { ...clock, openTaskId };

interface End {
  readonly how: "done" | "skipped" | "visited";
  readonly day: string;
}

/** The task is over. Regular care counts from that day on, whether it was done or skipped. */
export function settle(plan: CarePlanState, clock: CareClock, end: End): CareClock {
  const counted = counts(clock, end);
  if (plan.occasion !== "REGULAR" || clock.sinceDate === null) return counted;
  const sinceDate = end.day > clock.sinceDate ? end.day : clock.sinceDate;
  const days = plan.cadences.find(({ grade }) => grade === gradeOf(clock))?.days;
  const next = clock.mark < 0 || days === undefined ? null : addDays(sinceDate, days);
  return timed({ ...counted, sinceDate }, next);
}

/** A visit that nothing had asked for does no task. */
function counts(clock: CareClock, { how, day }: End): CareClock {
  const over = { ...clock, openTaskId: null };
  if (how === "skipped") return { ...over, skippedCount: clock.skippedCount + 1 };
  const isDone = how === "done" || clock.openTaskId !== null;
  return { ...over, doneCount: clock.doneCount + (isDone ? 1 : 0), lastDoneDate: day };
}

/** Grade and birthday in one number, so that one comparison tells whether a clock is right. */
export const markOf = (grade: number, birthDay: number | null): number => grade * 10_000 + (birthDay ?? 0);

const gradeOf = ({ mark }: CareClock): number => Math.floor(mark / 10_000);
