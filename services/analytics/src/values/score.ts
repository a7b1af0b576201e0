// From what is known of the customers to what each of them is worth: pure, and equal bits for equal input.
import { createHash } from "node:crypto";
import { clvBy } from "../models/clv.ts";
import { gradesOf, rankShares, type ValueGrade } from "../models/grade.ts";
import { cycleOf, gapsOf, nextPurchase } from "../models/purchase-cycle.ts";
import { rfmScores } from "../models/rfm.ts";
import { weeksOf } from "../models/summary.ts";
import { type Book, daysOf } from "./book.ts";
import { type Fit, fitTo, meanValueAt, shareOf } from "./fit.ts";
import { testOn } from "./hold-out.ts";
import type { PlanTerms } from "./value-plan.ts";
import type { HoldOutFindings } from "./value-run.ts";

/** One entry for each customer of the book. Columns of what could not be computed are empty. */
export interface Scores {
  readonly alive: Float64Array;
  readonly purchases: Float64Array;
  readonly purchaseValueMicros: BigInt64Array;
  readonly clvMicros: BigInt64Array;
  readonly worthMicros: BigInt64Array;
  readonly rankShare: Float64Array;
  /** Place in GRADES. */
  readonly grade: Uint8Array;
  readonly recencyScore: Uint8Array;
  readonly frequencyScore: Uint8Array;
  readonly monetaryScore: Uint8Array;
  /** Place in CYCLE_BASES. */
  readonly cycleBasis: Uint8Array;
  readonly medianDays: Float64Array;
  readonly nextDay: Int32Array;
  readonly earliestDay: Int32Array;
  readonly latestDay: Int32Array;
}

export const GRADES: readonly ValueGrade[] = ["A", "B", "C", "D"];
export const CYCLE_BASES = [null, "CUSTOMER", "ALL_CUSTOMERS"] as const;

export interface Scored {
  readonly scores: Scores;
  readonly outputHash: string;
  readonly warnings: readonly string[];
  readonly parameters: Readonly<Record<string, number>>;
  readonly purchaseLogLikelihood: number;
  readonly valueLogLikelihood: number;
  readonly correlation: number;
  readonly holdOut: HoldOutFindings | null;
}

export interface Scoring {
  readonly book: Book;
  readonly terms: PlanTerms;
  /** Days of the hold-out; 0 in a run for use. */
  readonly holdOutDays: number;
}

export function score({ book, terms, holdOutDays }: Scoring): Scored {
  const { fit, warnings } = fitTo(book, terms);
  const values = fit ? valuesOf(book, terms, fit) : NO_VALUES;
  const worthMicros = fit ? values.clvMicros : book.revenueMicros;
  const scores = {
    ...values,
    worthMicros,
    ...ranksOf(worthMicros, terms),
    ...rfmOf(book),
    ...cyclesOf(book),
  };
  const holdOut = holdOutDays > 0 && fit ? testOn(book, fit.model, weeksOf(holdOutDays)) : null;
  return { scores, outputHash: hashOf(scores, holdOut), warnings, ...foundBy(fit), holdOut };
}

function foundBy(fit: Fit | undefined) {
  if (!fit) return { parameters: {}, purchaseLogLikelihood: 0, valueLogLikelihood: 0, correlation: 0 };
  const { parameters, purchaseLogLikelihood, values } = fit;
  const { logLikelihood: valueLogLikelihood, correlation } = values;
  return { parameters, purchaseLogLikelihood, valueLogLikelihood, correlation };
}

type Values = Pick<Scores, "alive" | "purchases" | "purchaseValueMicros" | "clvMicros">;

const NO_VALUES: Values = {
  alive: new Float64Array(),
  purchases: new Float64Array(),
  purchaseValueMicros: new BigInt64Array(),
  clvMicros: new BigInt64Array(),
};

function valuesOf(book: Book, terms: PlanTerms, fit: Fit): Values {
  const { horizonWeeks: weeks, yearlyDiscountRate: yearlyRate, basis } = terms;
  const valueOf = clvBy(fit.model, fit.values, { weeks, yearlyRate });
  const count = book.repeats.length;
  const columns = {
    alive: new Float64Array(count),
    purchases: new Float64Array(count),
    purchaseValueMicros: new BigInt64Array(count),
    clvMicros: new BigInt64Array(count),
  };
  for (let i = 0; i < count; i++) {
    const own = basis === "MARGIN" ? shareOf(book.costedMarginMicros[i]!, book.costedMicros[i]!) : 1;
    const value = valueOf({
      x: book.repeats[i]!,
      tx: weeksOf(book.recencyDays[i]!),
      T: weeksOf(book.ageDays[i]!),
      meanValue: meanValueAt(book, i),
      share: own ?? fit.bookShare,
    });
    columns.alive[i] = value.alive;
    columns.purchases[i] = value.purchases;
    columns.purchaseValueMicros[i] = microsOf(value.purchaseValue);
    columns.clvMicros[i] = microsOf(value.clv);
  }
  return columns;
}

const microsOf = (units: number) => BigInt(Math.round(units * 1e6));

function ranksOf(worthMicros: BigInt64Array, { gradeAShare, gradeBShare, gradeCShare }: PlanTerms) {
  const worth = Float64Array.from(worthMicros, Number);
  const grades = gradesOf(worth, [gradeAShare, gradeBShare, gradeCShare]);
  return { rankShare: rankShares(worth), grade: Uint8Array.from(grades, (grade) => GRADES.indexOf(grade)) };
}

function rfmOf({ repeats, recencyDays, ageDays, revenueMicros }: Book) {
  const { recency, frequency, monetary } = rfmScores({
    recencyDays: ageDays.map((age, i) => age - recencyDays[i]!),
    frequency: repeats.map((x) => x + 1),
    revenueMicros,
  });
  return { recencyScore: recency, frequencyScore: frequency, monetaryScore: monetary };
}

function cyclesOf(book: Book) {
  const count = book.repeats.length;
  const columns = {
    cycleBasis: new Uint8Array(count),
    medianDays: new Float64Array(count),
    nextDay: new Int32Array(count),
    earliestDay: new Int32Array(count),
    latestDay: new Int32Array(count),
  };
  const ofAll = cycleOf(allGaps(book));
  for (let i = 0; i < count; i++) {
    const next = nextPurchase(daysOf(book, i), ofAll);
    if (!next) continue;
    columns.cycleBasis[i] = CYCLE_BASES.indexOf(next.isOwn ? "CUSTOMER" : "ALL_CUSTOMERS");
    columns.medianDays[i] = next.cycle.medianDays;
    columns.nextDay[i] = next.day;
    columns.earliestDay[i] = next.earliest;
    columns.latestDay[i] = next.latest;
  }
  return columns;
}

function allGaps(book: Book): number[] {
  const gaps: number[] = [];
  for (let i = 0; i < book.repeats.length; i++) for (const gap of gapsOf(daysOf(book, i))) gaps.push(gap);
  return gaps;
}

/** Columns by name, in the bytes of the machine: all that Node runs on have the same order. */
function hashOf(scores: Scores, holdOut: HoldOutFindings | null): string {
  const hash = createHash("sha256");
  for (const [name, column] of Object.entries(scores).sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(name).update(column as Float64Array);
  return hash.update(JSON.stringify(holdOut)).digest("hex");
}
