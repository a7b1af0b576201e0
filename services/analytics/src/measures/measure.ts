// What is reckoned of facts. SQL goes over a row of facts `f`, CEL is the condition that lists the same rows.

export interface Condition {
  readonly sql: string;
  readonly cel: string;
}

/** The asked instant, as a parameter of the statement and as a constant of a condition. */
export interface Moment {
  readonly sql: string;
  readonly cel: string;
}

type Unit = "ratio" | "seconds" | "days" | "points" | "score" | "count";

export interface Measure {
  readonly figure: string;
  readonly unit: Unit;
  readonly definition: string;
  /** Aggregates. */
  readonly numerator: string;
  readonly denominator: string;
  /** Numerator / denominator unless said. */
  readonly value?: string;
  /** Empty where all rows count. */
  readonly rows: string;
}

export const ALL: Condition = { sql: "true", cel: "" };

export const both = (a: Condition, b: Condition): Condition => ({
  sql: `(${a.sql}) and (${b.sql})`,
  cel: [a.cel, b.cel]
    .filter(Boolean)
    .map((part) => `(${part})`)
    .join(" && "),
});

/** A column of the same name in both. */
export const known = (column: string): Condition => ({
  sql: `f.${column} is not null`,
  cel: `has(${column})`,
});

export const isOneOf = (column: string, values: readonly string[]): Condition => ({
  sql: `f.${column} in (${values.map((value) => `'${value}'`).join(", ")})`,
  cel: `${column} in ${JSON.stringify(values)}`,
});

const count = ({ sql }: Condition) => `count(*) filter (where ${sql})::int`;

interface Named {
  readonly figure: string;
  readonly definition: string;
}

export const counting = (named: Named, what = ALL): Measure => ({
  ...named,
  unit: "count",
  numerator: count(what),
  denominator: "1",
  rows: what.cel,
});

/** Of the rows `of` those that `counts` too. */
export const share = (named: Named, of: Condition, counts: Condition): Measure => ({
  ...named,
  unit: "ratio",
  numerator: count(both(of, counts)),
  denominator: count(of),
  rows: of.cel,
});

interface Spread extends Named {
  readonly unit: Unit;
  /** An expression that is null for rows that do not count. */
  readonly of: string;
  readonly rows: string;
}

const spread = ({ of, ...named }: Spread) => ({
  ...named,
  numerator: `coalesce(sum(${of}), 0)::float8`,
  denominator: `count(${of})::int`,
});

export const mean = (what: Spread): Measure => ({
  ...spread(what),
  figure: `${what.figure}_mean`,
  definition: `Mean: ${what.definition}`,
});

/** By interpolation between the two nearest, as PERCENTILE.INC of a spreadsheet does. */
const percentile = (what: Spread, part: number, figure: string, name: string): Measure => ({
  ...spread(what),
  figure: `${what.figure}_${figure}`,
  definition: `${name}: ${what.definition} Numerator / denominator is the mean.`,
  value: `(percentile_cont(${part}) within group (order by ${what.of}))::float8`,
});

export const median = (what: Spread): Measure => percentile(what, 0.5, "median", "Median");

export const spreads = (what: Spread): Measure[] => [
  mean(what),
  median(what),
  percentile(what, 0.9, "p90", "What nine of ten do not exceed"),
];

/** Kept or broken at that instant; what runs before its due time, waits or was called off is neither. */
export function judged(promise: string, moment: Moment): { of: Condition; met: Condition } {
  const [state, time] = [`${promise}_state`, `${promise}_judge_time`];
  return {
    of: { sql: `f.${time} <= ${moment.sql}`, cel: `${time} <= ${moment.cel}` },
    met: isOneOf(state, ["MET"]),
  };
}
