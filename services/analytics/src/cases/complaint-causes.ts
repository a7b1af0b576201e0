// Complaints by cause and week.
import type { At } from "@guanxi/kit/at";
import { built, named } from "@guanxi/kit/store";
import { MOST_ROWS, type Period } from "../figures.ts";
import { inPeriod } from "../measures/figures-of.ts";
import { parameters } from "../parameters.ts";
import { caseFields } from "./case-fields.ts";
import { type Rise, riseOf, WEEKS_BEFORE } from "./rise.ts";
import { COMPLAINTS, SEEN_CASES } from "./seen-cases.ts";

export type CauseBy = "ROOT_CAUSE" | "TOPIC";

/** A root cause is known once a complaint is resolved: by its opening, the last weeks would always look good. */
export const CAUSES = {
  ROOT_CAUSE: { cause: "root_cause", date: "resolve_date" },
  TOPIC: { cause: "topic", date: "open_date" },
} as const;

export interface WeekCount {
  readonly cause: string;
  /** The Monday. */
  readonly week: string;
  readonly count: number;
}

interface Asked {
  readonly by: CauseBy;
  readonly period: Period;
  readonly filter: string;
}

const weekOf = (date: string) => `date_trunc('week', f.${date}::timestamp)::date::text`;

/** One row more than there may be, so that one sees it. */
export async function causeWeeks(at: At, { by, period, filter }: Asked): Promise<WeekCount[]> {
  const { cause, date } = CAUSES[by];
  const { values, addFilter } = parameters();
  const tests = [COMPLAINTS, `f.${cause} is not null`, `f.${date} is not null`];
  tests.push(...inPeriod(date, period).map(({ sql }) => sql));
  const condition = addFilter(filter, caseFields, "f", at);
  if (condition) tests.push(condition);
  const text = `
select f.${cause} as cause, ${weekOf(date)} as week, count(*)::int as count
from ${filter ? SEEN_CASES : "case_facts"} f where ${tests.join(" and ")}
group by 1, 2 order by 1, 2 limit ${MOST_ROWS + 1}`;
  return built<WeekCount>(at, { text, values });
}

/** Opened in the period, and nobody has said why they came to it. */
export async function withoutCause(at: At, { by, period, filter }: Asked): Promise<number> {
  const { values, addFilter } = parameters();
  const tests = [
    COMPLAINTS,
    `f.${CAUSES[by].cause} is null`,
    ...inPeriod("open_date", period).map(({ sql }) => sql),
  ];
  const condition = addFilter(filter, caseFields, "f", at);
  if (condition) tests.push(condition);
  const source = filter ? SEEN_CASES : "case_facts";
  const text = `select count(*)::int as count from ${source} f where ${tests.join(" and ")}`;
  const [row] = await at.ask({ text, values });
  return row!.count as number;
}

/** `day` is any of its days. */
export function mondayOf(day: string, weeksLater = 0): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7) + weeksLater * 7);
  return date.toISOString().slice(0, 10);
}

export const mondays = (first: string, last: string): string[] => {
  const all: string[] = [];
  for (let week = mondayOf(first); week <= last; week = mondayOf(week, 1)) all.push(week);
  return all;
};

/** How each cause stands in a week, against the weeks before it that are known: those since the first complaint of all. */
export async function risesIn(at: At, by: CauseBy, week: string): Promise<Map<string, Rise>> {
  const period = { from: mondayOf(week, -WEEKS_BEFORE), until: mondayOf(week, 1) };
  const [counts, first] = await Promise.all([
    causeWeeks(at, { by, period, filter: "" }),
    firstWeek(at, CAUSES[by].date),
  ]);
  const before = first ? mondays(first > period.from ? first : period.from, mondayOf(week, -1)) : [];
  const causes = Map.groupBy(counts, ({ cause }) => cause);
  return new Map(
    [...causes].map(([cause, weeks]) => {
      const countOf = new Map(weeks.map((each) => [each.week, each.count]));
      const past = before.map((monday) => countOf.get(monday) ?? 0);
      return [cause, riseOf(countOf.get(week) ?? 0, past)];
    }),
  );
}

async function firstWeek(at: At, date: string): Promise<string | undefined> {
  const text = `select min(f.${date})::text as day from case_facts f where ${COMPLAINTS}`;
  const [row] = await named<{ day: string | null }>(at, {
    name: `first complaint by ${date}`,
    text,
    values: [],
  });
  return row?.day ? mondayOf(row.day) : undefined;
}
