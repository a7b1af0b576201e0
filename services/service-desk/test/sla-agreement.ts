import { isDeepStrictEqual } from "node:util";
import { chance } from "@guanxi/testkit/chance";
import { type CalendarHours, type OpeningHours, openingHours } from "../src/calendars/opening-hours.ts";
import { stretchAt } from "../src/calendars/zone.ts";
import { mergeMarks, type StoredTarget } from "../src/sla/clock.ts";
import { type KeptClock, reckon } from "../src/sla/standing.ts";
import { type History, someCalendar, someHistory } from "./sla-histories.ts";
import { live, openMinutes, type Seen } from "./sla-oracle.ts";

export interface Agreement {
  readonly cases: number;
  readonly looks: number;
  /** How often each thing was among them that clocks get wrong. */
  readonly seen: Readonly<Record<string, number>>;
}

const CASES_OF_A_CALENDAR = 250;
const CALENDARS_AT_ONCE = 4;

/** Throws at the first case on which clock and oracle differ, with what is needed to see it again. */
export function agree({ runs, seed }: { readonly runs: number; readonly seed: number }): Agreement {
  const random = chance(seed);
  const seen = new Map<string, number>();
  let [cases, looks] = [0, 0];
  while (cases < runs) {
    const calendars = Array.from({ length: CALENDARS_AT_ONCE }, () => someCalendar(random));
    const opening = calendars.map(openingHours);
    const minutes = calendars.map(openMinutes);
    for (let left = CALENDARS_AT_ONCE * CASES_OF_A_CALENDAR; left > 0 && cases < runs; left--, cases++) {
      const history = someHistory(random, calendars);
      const regimes = history.looks.map(({ now, calendar, promises }, index) => ({
        since: index === 0 ? Number.NEGATIVE_INFINITY : now,
        open: minutes[calendar]!,
        promises,
      }));
      const sights = clockSees(opening, history);
      for (const [index, look] of history.looks.entries()) {
        const found = sights[index]!;
        const wanted = live(regimes.slice(0, index + 1), history, look.now).map(withinReach);
        requireSame(found, wanted, {
          seed,
          number: cases,
          calendar: calendars[look.calendar]!,
          history,
          look,
        });
        const reckoned = index === 0 ? found : found.filter(({ state }) => state === "RUNNING");
        requireOpen(opening[look.calendar]!, reckoned);
        looks++;
        found.forEach(({ kind, state }) => note(`${kind} ${state}`));
      }
      for (const what of featuresOf(history, calendars)) note(what);
    }
  }
  return { cases, looks, seen: Object.fromEntries(seen) };

  function note(what: string) {
    seen.set(what, (seen.get(what) ?? 0) + 1);
  }
}

function requireSame(found: readonly Seen[], wanted: readonly Seen[], about: object): void {
  if (isDeepStrictEqual(sorted(found), sorted(wanted))) return;
  throw new Error(`clock and oracle differ: ${JSON.stringify({ ...about, found, wanted }, null, 1)}`);
}

/** The service hears the marks one by one, and looks in between. */
function clockSees(opening: readonly OpeningHours[], { own, absorbed, looks }: History): Seen[][] {
  const marks = mergeMarks(own, absorbed);
  let heard = 0;
  let kept: readonly KeptClock[] = [];
  return looks.map((look, index) => {
    const hear = (holds: History["looks"][number]) => {
      const promised = {
        opening: opening[holds.calendar]!,
        promises: holds.promises,
        escalation: [],
        stepsOf: "",
      };
      const stands = reckon(promised, marks.slice(0, heard), new Date(look.now * 60_000), kept);
      kept = stands.kept;
      return stands.targets;
    };
    while (heard < marks.length && marks[heard]!.time.getTime() <= look.now * 60_000) {
      heard++;
      hear(looks[Math.max(0, index - 1)]!);
    }
    return hear(look).map(seenOf).map(withinReach);
  });
}

const seenOf = ({ kind, state, dueTime, breachTime, metTime, elapsedSeconds }: StoredTarget): Seen => ({
  kind,
  state,
  due: minute(dueTime),
  broken: minute(breachTime),
  met: minute(metTime),
  minutes: elapsedSeconds / 60,
});

const minute = (iso: string | null) => (iso === null ? null : Date.parse(iso) / 60_000);

const END = Date.UTC(2028, 0) / 60_000;

/** The oracle's minutes end with 2027. */
const withinReach = (one: Seen): Seen =>
  one.due !== null && !(one.due <= END) ? { ...one, due: Number.POSITIVE_INFINITY } : one;

const sorted = (all: readonly Seen[]) => all.toSorted((a, b) => (a.kind < b.kind ? -1 : 1));

/** Nothing falls due while we are closed; the last instant of a span belongs to it. */
function requireOpen(opening: OpeningHours, found: readonly Seen[]): void {
  for (const { due } of found) {
    if (due === null || due === Number.POSITIVE_INFINITY) continue;
    if (opening.between(due * 60_000 - 1, due * 60_000) !== 1)
      throw new Error(`${new Date(due * 60_000).toISOString()} is due while closed`);
  }
}

function featuresOf({ own, absorbed, looks }: History, calendars: readonly CalendarHours[]): string[] {
  const [first, ...later] = looks;
  const { timeZone, holidays, exceptions } = calendars[first!.calendar]!;
  const lived = [own[0]!.time.getTime(), first!.now * 60_000] as const;
  const paused = own.flatMap(({ kind, time }, index) =>
    kind === "pause" ? [[time.getTime(), own[index + 1]?.time.getTime() ?? lived[1]] as const] : [],
  );
  const within = (dates: readonly { readonly date: string }[], [from, until]: readonly [number, number]) =>
    dates.some(({ date }) => from < Date.parse(date) && Date.parse(date) + 86_400_000 < until);
  const found: Record<string, boolean> = {
    merged: absorbed.length > 0,
    "another calendar": later.some(({ calendar }) => calendar !== first!.calendar),
    "other promises": later.length > 0,
    "over a holiday": within(holidays, lived),
    "paused over a holiday": paused.some((pause) => within(holidays, pause)),
    "over a day with hours of its own": within(exceptions, lived),
    "clocks changed": stretchAt(timeZone, lived[0]).offset !== stretchAt(timeZone, lived[1]).offset,
  };
  const kinds = new Set(own.map(({ kind }) => `with ${kind}`));
  return [...kinds, ...Object.keys(found).filter((what) => found[what])];
}
