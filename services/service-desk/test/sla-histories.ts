// Calendars and cases of chance, of the kinds that clocks get wrong.
import type { Chance } from "@guanxi/testkit/chance";
import type { CalendarHours, WeeklyHours } from "../src/calendars/opening-hours.ts";
import type { Mark, MarkKind, Promises } from "../src/sla/clock.ts";
import { FIRST_MINUTE } from "./sla-oracle.ts";

/** With the days on which their clocks change in these years, as months and days near which cases begin more often. */
const ZONES: Readonly<Record<string, readonly string[]>> = {
  "Europe/Berlin": ["2025-03-30", "2025-10-26", "2026-03-29", "2026-10-25"],
  "America/New_York": ["2025-03-09", "2025-11-02", "2026-03-08", "2026-11-01"],
  "Australia/Lord_Howe": ["2025-04-06", "2025-10-05", "2026-04-05", "2026-10-04"], // half an hour
  "America/Havana": ["2025-03-09", "2025-11-02", "2026-03-08", "2026-11-01"], // at midnight
  "Asia/Shanghai": ["2025-10-01", "2026-02-17", "2026-10-01"], // holidays instead
  "Asia/Kolkata": ["2026-01-26"],
};

const WEEK: readonly (readonly WeeklyHours[])[] = [
  [{ days: [1, 2, 3, 4, 5], from: "09:00", until: "18:00" }],
  [
    { days: [1, 2, 3, 4, 5], from: "08:30", until: "12:00" },
    { days: [1, 2, 3, 4, 5], from: "13:00", until: "17:45" },
    { days: [6], from: "10:00", until: "14:00" },
  ],
  [{ days: [1, 2, 3, 4, 5, 6, 7], from: "00:00", until: "24:00" }],
  [
    { days: [5, 6, 7], from: "22:00", until: "24:00" }, // nights, when clocks change
    { days: [6, 7, 1], from: "00:00", until: "06:00" },
    { days: [2, 4], from: "12:00", until: "16:00" },
  ],
  [
    { days: [1, 3, 5, 7], from: "01:30", until: "02:45" },
    { days: [1, 3, 5, 7], from: "02:15", until: "03:20" },
    { days: [2], from: "07:00", until: "23:00" },
  ],
];

export function someCalendar(random: Chance): CalendarHours {
  const timeZone = random.one(Object.keys(ZONES));
  const dates = new Set(Array.from({ length: random.below(60) }, () => dateOf(30 + random.below(700))));
  for (const day of ZONES[timeZone]!) if (random.often(0.3)) dates.add(day);
  const special = [...dates].map((date) => ({ date, holiday: random.often(0.5) }));
  return {
    timeZone,
    hours: random.one(WEEK),
    holidays: special.filter(({ holiday }) => holiday),
    exceptions: special
      .filter(({ holiday }) => !holiday)
      .map(({ date }) => ({ date, hours: someHours(random) })),
  };
}

/** A make-up working day (调休), half a day, a night, or closed. */
const someHours = (random: Chance) =>
  random.one([
    [{ from: "09:00", until: "18:00" }],
    [{ from: "09:00", until: "12:30" }],
    [
      { from: "00:00", until: "04:00" },
      { from: "23:00", until: "24:00" },
    ],
    [],
  ]);

const dateOf = (day: number) => new Date(FIRST_MINUTE * 60_000 + day * 86_400_000).toISOString().slice(0, 10);

export interface History {
  readonly own: readonly Mark[];
  readonly absorbed: readonly Mark[];
  /** Minutes at which it is looked at, in their order, with what holds from then on: priority and calendar have changed. */
  readonly looks: readonly { readonly now: number; readonly calendar: number; readonly promises: Promises }[];
}

const DAY = 1440;

export function someHistory(random: Chance, calendars: readonly CalendarHours[]): History {
  const calendar = random.below(calendars.length);
  const start = someStart(random, calendars[calendar]!);
  const own = someMarks(random, start);
  const absorbed = random.often(0.2) ? someMarks(random, start + random.below(6 * DAY) - 3 * DAY) : [];
  const times = [...own, ...absorbed].map(({ time }) => time.getTime() / 60_000);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const looks = Array.from({ length: 1 + random.below(3) }, (_, index) => ({
    now:
      index === 0
        ? last
        : random.often(0.5)
          ? last + random.below(5 * DAY)
          : first + random.below(last - first + 1),
    calendar: random.often(0.8) ? calendar : random.below(calendars.length),
    promises: somePromises(random),
  }));
  return { own, absorbed, looks: looks.toSorted((a, b) => a.now - b.now) };
}

/** Half of them where clocks change or a day is otherwise. */
function someStart(random: Chance, { timeZone, holidays, exceptions }: CalendarHours): number {
  if (random.often(0.5)) return FIRST_MINUTE + 30 * DAY + random.below(650 * DAY);
  const days = [...ZONES[timeZone]!, ...[...holidays, ...exceptions].map(({ date }) => date)];
  const near = Date.parse(`${random.often(0.5) ? random.one(ZONES[timeZone]!) : random.one(days)}T00:00:00Z`);
  return near / 60_000 - 2 * DAY + random.below(4 * DAY);
}

/** What usually follows, and now and then what never should. */
const NEXT: Readonly<Record<MarkKind, readonly MarkKind[]>> = {
  open: ["reply", "reply", "pause", "customer", "resolve", "stop"],
  pause: ["resume", "resume", "customer", "resolve", "stop", "pause"],
  resume: ["reply", "pause", "customer", "resolve", "reply"],
  reply: ["customer", "customer", "pause", "resolve", "reply"],
  customer: ["reply", "reply", "customer", "pause", "resume", "resolve", "reopen"],
  resolve: ["reopen", "reopen", "customer", "reply", "resume"],
  reopen: ["reply", "pause", "resolve", "customer", "stop"],
  stop: ["reopen", "customer", "stop"],
};

function someMarks(random: Chance, start: number): Mark[] {
  const marks: Mark[] = [{ time: new Date(start * 60_000), kind: "open" }];
  let minute = start;
  for (let left = random.below(10); left > 0; left--) {
    const gaps = [0, random.below(90), random.below(600), random.below(6 * DAY)];
    // Customers who are waited for take days, holidays among them.
    if (marks.at(-1)!.kind === "pause")
      gaps.push(2 * DAY + random.below(8 * DAY), 2 * DAY + random.below(8 * DAY));
    minute += random.one(gaps);
    marks.push({ time: new Date(minute * 60_000), kind: random.one(NEXT[marks.at(-1)!.kind]) });
  }
  return marks;
}

const somePromises = (random: Chance): Promises => ({
  FIRST_RESPONSE: 60 * (1 + random.below(random.one([30, 600, 3000]))),
  NEXT_RESPONSE: 60 * (1 + random.below(random.one([30, 600, 3000]))),
  RESOLUTION: 60 * (1 + random.below(random.one([300, 3000, 9000]))),
});
