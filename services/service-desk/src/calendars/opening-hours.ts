// Business time: when a calendar is open, how much of it lies between two instants, and when so much of it has passed.
//
// Open is whenever the clock on the wall shows an hour of opening. So an hour that daylight saving leaves out opens nothing,
// and one that comes twice is open twice. It is reckoned stretch by stretch of one distance to UTC, in which local time is
// plain arithmetic, and no local time has to be turned into an instant.
import { stretchAt } from "./zone.ts";

/** Hours of some days of the week, 1 for Monday; times as 09:00, until at most 24:00. */
export interface WeeklyHours {
  readonly days: readonly number[];
  readonly from: string;
  readonly until: string;
}

export interface CalendarHours {
  /** Of IANA. */
  readonly timeZone: string;
  readonly hours: readonly WeeklyHours[];
  /** Closed, as 2026-10-01. */
  readonly holidays: readonly { readonly date: string }[];
  /** Days with hours of their own, before week and holiday; none is closed. */
  readonly exceptions: readonly {
    readonly date: string;
    readonly hours: readonly { readonly from: string; readonly until: string }[];
  }[];
}

export interface OpeningHours {
  /** Of a week without holidays. */
  readonly weekMinutes: number;
  /** Milliseconds of business time between two instants. */
  between(from: number, until: number): number;
  /** When so many milliseconds of business time have passed; the end of a span belongs to it. Null: not in a century. */
  after(from: number, span: number): number | null;
}

const DAY = 86_400_000;
const MINUTE = 60_000;
const HORIZON_DAYS = 36_525;

/** From and until, in milliseconds since midnight on the wall. */
type Span = readonly [from: number, until: number];

/** Walks from day to day: a month takes 30 steps, ten years 3,650 (about 0.2 ms). Nothing is remembered but the zone. */
export function openingHours(calendar: CalendarHours): OpeningHours {
  const week = [1, 2, 3, 4, 5, 6, 7].map((day) =>
    joined(calendar.hours.filter(({ days }) => days.includes(day)).map(spanOf)),
  );
  const special = new Map<number, readonly Span[]>([
    ...calendar.holidays.map(({ date }) => [dayNumber(date), []] as const),
    ...calendar.exceptions.map(({ date, hours }) => [dayNumber(date), joined(hours.map(spanOf))] as const),
  ]);
  const spansOn = (day: number) => special.get(day) ?? week[(((day + 3) % 7) + 7) % 7]!; // day 0 was a Thursday
  const spansFrom = (from: number) => openSpans(calendar.timeZone, spansOn, from);
  return {
    weekMinutes: week.flat().reduce((sum, [from, until]) => sum + until - from, 0) / MINUTE,
    between(from, until) {
      let sum = 0;
      if (until <= from) return sum;
      for (const [start, end] of spansFrom(from)) {
        if (start >= until) return sum;
        sum += Math.min(end, until) - start;
      }
      return sum;
    },
    after(from, span) {
      let left = span;
      for (const [start, end] of spansFrom(from)) {
        if (left <= end - start) return start + left;
        left -= end - start;
      }
      return null;
    },
  };
}

type SpansOn = (day: number) => readonly Span[];

/** Open spans in their order, as instants, from an instant on. */
function* openSpans(timeZone: string, spansOn: SpansOn, from: number): Generator<Span> {
  const horizon = from + HORIZON_DAYS * DAY;
  for (let time = from; time < horizon; ) {
    const { end, offset } = stretchAt(timeZone, time);
    for (const [start, until] of wallSpans(spansOn, time + offset, Math.min(end, horizon) + offset))
      yield [start - offset, until - offset];
    time = end;
  }
}

/** As the wall shows them. */
function* wallSpans(spansOn: SpansOn, from: number, until: number): Generator<Span> {
  for (let midnight = Math.floor(from / DAY) * DAY; midnight < until; midnight += DAY)
    for (const [opens, closes] of spansOn(midnight / DAY)) {
      const [start, end] = [Math.max(midnight + opens, from), Math.min(midnight + closes, until)];
      if (start < end) yield [start, end];
    }
}

/** In order, and what overlaps or touches made one. */
function joined(spans: readonly Span[]): readonly Span[] {
  const result: [number, number][] = [];
  for (const [from, until] of spans.toSorted((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], until);
    else if (from < until) result.push([from, until]);
  }
  return result;
}

const spanOf = ({ from, until }: { from: string; until: string }): Span => [timeOf(from), timeOf(until)];

function timeOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(":").map(Number);
  return (hours * 60 + minutes) * MINUTE;
}

const dayNumber = (date: string) => Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY);
