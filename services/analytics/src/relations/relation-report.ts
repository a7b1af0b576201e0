// A report is a question of SQL for all and for each group, with numerators n0, n1 … and denominators d0, d1 …
import type { FigureDefinition, FigureGroup } from "@guanxi/contract/guanxi/analytics/v1/figure";
import type { At } from "@guanxi/kit/at";
import { built } from "@guanxi/kit/store";
import { MOST_ROWS, type Period, refuseTooMany } from "../figures.ts";
import { readable } from "../labels.ts";

export interface Report {
  /** What is read, under names; `asked` is there, with since, until and currency. */
  readonly parts: string;
  readonly from: string;
  /** Of a row of `from`; null where it is not known. */
  readonly key: string;
  /** What people call it, of `g.key`. */
  readonly label?: string;
  /** Where the database keeps a number of the contract. */
  readonly nameOf?: (key: string) => string;
  readonly isOfCustomers?: true;
  readonly figures: readonly Reckoned[];
}

export interface Reckoned {
  readonly figure: string;
  readonly unit: "count" | "ratio" | "amount";
  readonly definition: string;
  readonly numerator: string;
  /** 1 unless said. */
  readonly denominator?: string;
}

interface Row {
  readonly [column: string]: unknown;
  readonly key: string | null;
  readonly label: string | null;
}

export interface Reported {
  readonly total: FigureGroup;
  readonly groups: FigureGroup[];
  readonly definitions: FigureDefinition[];
}

export async function reported(at: At, report: Report, { from, until }: Period): Promise<Reported> {
  const values = [from, until, at.currencyCode];
  const [[whole], rows] = await Promise.all([
    built<Row>(at, { text: statementOf(report, false), values }),
    built<Row>(at, { text: statementOf(report, true), values }),
  ]);
  refuseTooMany(rows);
  const labelsOf = readable(report.isOfCustomers ? 0 : -1, at);
  return {
    total: { values: [], labels: [], figures: figuresOf(report, whole!) },
    groups: rows.map((row) => {
      const value = row.key === null ? "" : (report.nameOf?.(row.key) ?? row.key);
      return { values: [value], labels: labelsOf([row.label ?? value]), figures: figuresOf(report, row) };
    }),
    definitions: report.figures.map(({ figure, unit, definition }) => ({
      figure,
      unit,
      definition,
      rowsMethod: "",
    })),
  };
}

function statementOf({ parts, from, key, label = "null", figures }: Report, grouped: boolean): string {
  const columns = figures.flatMap(({ numerator, denominator = "1" }, place) => [
    `(${numerator})::float8 as n${place}`,
    `(${denominator})::float8 as d${place}`,
  ]);
  const group = grouped ? `group by 1 order by 1 limit ${MOST_ROWS + 1}` : "";
  return `
with asked as (select $1::date as since, $2::date as until, $3::text as currency), ${parts}
select g.*, ${grouped ? label : "null"} as label from (
  select ${[`${grouped ? `(${key})::text` : "null::text"} as key`, ...columns].join(",\n    ")}
  from ${from} ${group}
) g order by g.key`;
}

const figuresOf = ({ figures }: Report, row: Row) =>
  figures.map(({ figure }, place) => {
    const [numerator, denominator] = [row[`n${place}`], row[`d${place}`]] as [number, number];
    const value = denominator === 0 ? undefined : numerator / denominator;
    return { figure, value, numerator, denominator, rowsFilter: "" };
  });
