// A second opinion on the SLA clock, written otherwise and slowly: every minute of three years is open or not, and a case is
// lived through minute by minute. It knows neither spans nor stretches, and zones by Intl only.
import type { CalendarHours } from "../src/calendars/opening-hours.ts";
import type { Mark, MarkKind, Promises, TargetKind } from "../src/sla/clock.ts";

const MINUTE = 60_000;
export const FIRST_MINUTE = Date.UTC(2025, 0) / MINUTE;
const LAST_MINUTE = Date.UTC(2028, 0) / MINUTE;
const QUARTER = 15; // all these zones change on a quarter of an hour

const walls = new Map<string, Float64Array>();

/** For each quarter of an hour: what the wall showed, as if it were UTC, in minutes. */
function wallOf(timeZone: string): Float64Array {
  const known = walls.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
  const wall = new Float64Array((LAST_MINUTE - FIRST_MINUTE) / QUARTER);
  for (let index = 0; index < wall.length; index++) {
    const shown = format.format((FIRST_MINUTE + index * QUARTER) * MINUTE);
    const [month = 0, day = 0, year = 0, hour = 0, minute = 0] = shown.split(/[^0-9]+/).map(Number);
    wall[index] = Date.UTC(year, month - 1, day, hour, minute) / MINUTE;
  }
  walls.set(timeZone, wall);
  return wall;
}

/** One byte a minute. */
export function openMinutes(calendar: CalendarHours): Uint8Array {
  const wall = wallOf(calendar.timeZone);
  const days = new Map<number, Uint8Array>();
  const open = new Uint8Array(LAST_MINUTE - FIRST_MINUTE);
  for (let index = 0; index < open.length; index++) {
    const local = wall[Math.floor(index / QUARTER)]! + (index % QUARTER);
    const day = Math.floor(local / 1440);
    let minutes = days.get(day);
    if (!minutes) days.set(day, (minutes = minutesOf(calendar, new Date(day * 1440 * MINUTE))));
    open[index] = minutes[local - day * 1440]!;
  }
  return open;
}

function minutesOf({ hours, holidays, exceptions }: CalendarHours, midnight: Date): Uint8Array {
  const date = midnight.toISOString().slice(0, 10);
  const weekday = midnight.getUTCDay() || 7;
  const minutes = new Uint8Array(1440);
  const exception = exceptions.find((each) => each.date === date);
  if (!exception && holidays.some((each) => each.date === date)) return minutes;
  const spans = exception?.hours ?? hours.filter(({ days }) => days.includes(weekday));
  for (const { from, until } of spans) minutes.fill(1, clock(from), clock(until));
  return minutes;
}

const clock = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

/** What a target is compared by; times in minutes. */
export interface Seen {
  readonly kind: TargetKind;
  readonly state: string;
  readonly due: number | null;
  readonly broken: number | null;
  readonly met: number | null;
  readonly minutes: number;
}

interface Counter {
  readonly kind: TargetKind;
  left: number;
  used: number;
  owed: boolean;
  given: number | null;
  broken: number | null;
  void: boolean;
  /** Whether it counted when it was answered. */
  ran: boolean;
  /** When it was answered, or given up. */
  ended: number | null;
}

/** A case as it is being lived. */
interface Life {
  readonly promises: Promises;
  readonly counters: Counter[];
  standing: boolean;
  over: boolean;
}

interface Said {
  readonly own: readonly Mark[];
  readonly absorbed: readonly Mark[];
}

/** What holds from a minute on. */
export interface Regime {
  readonly since: number;
  readonly open: Uint8Array;
  readonly promises: Promises;
}

/**
 * Lives through a case until `now`, once under each regime, as if it had held from the beginning. The last one counts for what
 * still runs, and for what has ended the one under which it ended.
 */
export function live(regimes: readonly Regime[], said: Said, now: number): Seen[] {
  const lives = regimes.map((regime, index) => liveUnder(regime, said, regimes[index + 1]?.since ?? now));
  const all = lives.at(-1)!.map(({ ended }, index) => {
    const held = ended === null ? -1 : regimes.findLastIndex(({ since }) => since < ended);
    return lives.at(held)![index]!.seen;
  });
  return [...new Map(all.map((each) => [each.kind, each])).values()];
}

function liveUnder({ open, promises }: Regime, { own, absorbed }: Said, now: number) {
  const heard = absorbed.filter(({ kind }) => kind === "open" || kind === "customer" || kind === "reply");
  const said = Map.groupBy([...own, ...heard], ({ time }) => time.getTime() / MINUTE);
  const life: Life = { promises, counters: [], standing: false, over: false };
  const spoken = [...said.keys()].toSorted((a, b) => a - b);
  for (let minute = spoken[0]!; minute <= now; minute++) {
    if (minute === spoken[0]) for (const { kind } of said.get(spoken.shift()!)!) hear(life, kind, minute);
    if (minute === now || life.standing || !open[minute - FIRST_MINUTE]) continue;
    for (const each of life.counters) if (each.owed) count(each, minute);
  }
  return life.counters.map((each) => ({
    ended: each.ended,
    seen: seen(each, { open, now, standing: life.standing }),
  }));
}

function hear(life: Life, kind: MarkKind, minute: number): void {
  if (life.over && (kind === "reply" || kind === "customer")) return;
  if (kind === "open" || kind === "customer") expect(life, kind);
  for (const each of life.counters) HEARD[kind]?.(each, minute, life);
  life.over = OVER.get(kind) ?? life.over;
  life.standing = STANDS.get(kind) ?? life.standing;
}

const HEARD: Partial<Record<MarkKind, (counter: Counter, minute: number, life: Life) => void>> = {
  resolve: (each, minute, life) => give(life, each, minute),
  reply: (each, minute, life) => each.kind !== "RESOLUTION" && give(life, each, minute),
  stop: (each, minute) => each.owed && Object.assign(each, { owed: false, void: true, ended: minute }),
  reopen: (each) =>
    (each.void || each.kind === "RESOLUTION") &&
    Object.assign(each, { owed: true, void: false, given: null, ended: null }),
};

const OVER: ReadonlyMap<MarkKind, boolean> = new Map([
  ["stop", true],
  ["reopen", false],
]);

const STANDS: ReadonlyMap<MarkKind, boolean> = new Map([
  ["pause", true],
  ["resolve", true],
  ["stop", true],
  ["resume", false],
  ["reopen", false],
]);

function expect({ counters, promises }: Life, kind: "open" | "customer"): void {
  const begin = (target: TargetKind) =>
    counters.push({
      kind: target,
      left: promises[target] / 60,
      used: 0,
      owed: true,
      given: null,
      broken: null,
      void: false,
      ran: false,
      ended: null,
    });
  const [first] = counters;
  const waits = counters.some((each) => each.kind === "NEXT_RESPONSE" && each.owed);
  if (kind === "customer" && first && first.given !== null && !waits) begin("NEXT_RESPONSE");
  if (kind === "open" && !first)
    for (const target of ["FIRST_RESPONSE", "RESOLUTION"] as const) begin(target);
}

function give({ standing }: Life, counter: Counter, minute: number): void {
  if (counter.owed) Object.assign(counter, { owed: false, given: minute, ran: !standing, ended: minute });
}

function count(counter: Counter, minute: number): void {
  counter.used++;
  if (--counter.left === 0) counter.broken = minute + 1;
}

function seen(
  counter: Counter,
  { open, now, standing }: { open: Uint8Array; now: number; standing: boolean },
): Seen {
  const { kind, used, given, broken } = counter;
  const runs = counter.owed ? !standing : counter.ran;
  const due = broken ?? (runs && !counter.void ? dueAfter(open, given ?? now, counter.left) : null);
  const still = counter.void ? "VOID" : given !== null ? "MET" : standing ? "PAUSED" : "RUNNING";
  return { kind, state: broken === null ? still : "BREACHED", due, broken, met: given, minutes: used };
}

/** NaN where it is behind the three years. */
function dueAfter(open: Uint8Array, from: number, left: number): number {
  for (let minute = from; minute < LAST_MINUTE; minute++)
    if (open[minute - FIRST_MINUTE] && --left === 0) return minute + 1;
  return Number.NaN;
}
