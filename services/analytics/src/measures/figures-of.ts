import type { FigureDefinition, FigureGroup } from "@guanxi/contract/guanxi/analytics/v1/figure";
import type { At } from "@guanxi/kit/at";
import type { Catalogue } from "@guanxi/kit/filter/catalogue";
import { compileFilter } from "@guanxi/kit/filter/compile";
import { built } from "@guanxi/kit/store";
import { MOST_ROWS, type Period, refuseTooMany } from "../figures.ts";
import { readable } from "../labels.ts";
import { parameters } from "../parameters.ts";
import { conditions, within } from "../rows-filter.ts";
import type { Dimension } from "./dimensions.ts";
import type { Condition, Measure, Moment } from "./measure.ts";

export interface Question<S> {
  /** Facts `f`: a table, or a select in parentheses. */
  readonly source: string;
  readonly catalogue: Catalogue<S>;
  readonly by: readonly Dimension[];
  /** The place of the customer in `by`, or -1. */
  readonly customer: number;
  readonly measures: (moment: Moment) => readonly Measure[];
  /** The method that lists the facts. */
  readonly rowsMethod: string;
  readonly filter?: string;
  readonly atTime?: Date | undefined;
  readonly where?: (moment: Moment) => readonly Condition[];
}

/** Facts of the days of a period. */
export const inPeriod = (column: string, { from, until }: Period): Condition[] =>
  [
    from && { sql: `f.${column} >= '${from}'::date`, cel: `${column} >= "${from}"` },
    until && { sql: `f.${column} < '${until}'::date`, cel: `${column} < "${until}"` },
  ].filter((each) => each !== null && each !== "");

export interface Figures {
  readonly groups: FigureGroup[];
  readonly definitions: FigureDefinition[];
}

export async function figuresOf<S>(at: At, question: Question<S>): Promise<Figures> {
  const { by, catalogue, customer } = question;
  const { text, values, measures, where } = statementOf(at, question);
  const rows = await built<Row>(at, { text, values });
  refuseTooMany(rows);
  const labelsOf = readable(customer, at);
  const groups = rows.map((row) => {
    const keys = by.map((_, place) => row[`k${place}`] as string | null);
    const rowsOf = conditions([
      within(question.filter ?? ""),
      ...where.map(({ cel }) => within(cel)),
      ...by.map(({ condition }, place) => condition(keys[place]!)),
    ]);
    return {
      values: keys.map((key) => key ?? ""),
      labels: labelsOf(row.labels),
      figures: measures.map((measure, place) => figureOf(measure, place, row, rowsOf)),
    };
  });
  // All have one form: with these, a filter that leaves no room for the group is refused and not found out later.
  for (const { rowsFilter } of groups[0]?.figures ?? []) if (rowsFilter) compileFilter(rowsFilter, catalogue);
  return { groups, definitions: definitionsOf(question.rowsMethod, measures) };
}

interface Row {
  /** k0 … the groups; n0 … numerators, d0 … denominators, v0 … values. */
  readonly [column: string]: unknown;
  readonly labels: readonly (string | null)[];
}

function statementOf<S>(at: At, question: Question<S>) {
  const { source, by, catalogue } = question;
  const { values, add, addFilter } = parameters();
  const time = (question.atTime ?? at.now).toISOString();
  const moment = { sql: add(time, "timestamptz"), cel: `timestamp("${time}")` };
  const measures = question.measures(moment);
  const where = question.where?.(moment) ?? [];
  // Said once at least, for not every question has a use for it, and a parameter needs one.
  const tests = [`${moment.sql} is not null`, ...where.map(({ sql }) => `(${sql})`)];
  const filter = addFilter(question.filter ?? "", catalogue, "f", at);
  if (filter) tests.push(filter);
  const numbers = by.map((_, place) => place + 1).join(", ");
  const columns = [
    ...by.map(({ key }, place) => `${key} as k${place}`),
    ...measures.flatMap(({ numerator, denominator, value }, place) => [
      `${numerator} as n${place}`,
      `${denominator} as d${place}`,
      ...(value ? [`${value} as v${place}`] : []),
    ]),
  ];
  const text = `
select g.*, array[${by.map(({ label }, place) => label(`k${place}`)).join(", ")}]::text[] as labels
from (
  select ${columns.join(",\n    ")}
  from ${source} f where ${tests.join(" and ")}
  ${by.length > 0 ? `group by ${numbers} order by ${numbers}` : ""} limit ${MOST_ROWS + 1}
) g ${by.length > 0 ? `order by ${numbers}` : ""}`;
  return { text, values, measures, where };
}

function figureOf({ figure, value, rows }: Measure, place: number, row: Row, rowsOf: string) {
  const [numerator, denominator] = [Number(row[`n${place}`]), Number(row[`d${place}`])];
  const own = value ? (row[`v${place}`] as number | null) : numerator / denominator;
  return {
    figure,
    value: denominator === 0 ? undefined : (own ?? undefined),
    numerator,
    denominator,
    rowsFilter: conditions([rowsOf, within(rows)]),
  };
}

const definitionsOf = (rowsMethod: string, measures: readonly Measure[]): FigureDefinition[] =>
  measures.map(({ figure, unit, definition }) => ({ figure, unit, definition, rowsMethod }));
