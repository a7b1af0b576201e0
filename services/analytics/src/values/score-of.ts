import { dayText } from "../models/day-number.ts";
import { MODEL_VERSIONS } from "../models/model-version.ts";
import { cellOf } from "../models/rfm-cells.ts";
import { weeksOf } from "../models/summary.ts";
import type { Book } from "./book.ts";
import { NEVER, type Score } from "./customer-value.ts";
import { CYCLE_BASES, GRADES, type Scores } from "./score.ts";
import type { PlanTerms } from "./value-plan.ts";
import type { ValueRunState } from "./value-run.ts";

/** Raised where a run differs though the models do not: what is read, rounded or ranked. */
const PROGRAM = "value/1";

/** What computed a score, as far as it could. */
export function modelVersionOf({ purchaseModel }: PlanTerms, isFitted: boolean): string {
  const { bgNbd, paretoNbd, gammaGamma, clv, rfm, purchaseCycle, grade } = MODEL_VERSIONS;
  const fitted = [purchaseModel === "BG_NBD" ? bgNbd : paretoNbd, gammaGamma, clv];
  return `${PROGRAM}: ${[...(isFitted ? fitted : []), rfm, purchaseCycle, grade].join(" ")}`;
}

interface Scored {
  readonly run: ValueRunState;
  readonly modelVersion: string;
  /** The last day that counts, as days since 1970-01-01. */
  readonly lastDay: number;
  readonly book: Book;
  readonly scores: Scores;
}

/** The score of one customer, out of the columns. */
export function scoreOf({ run, modelVersion, lastDay, book, scores }: Scored, place: number): Score {
  const repeats = book.repeats[place]!;
  const recencyDays = book.recencyDays[place]!;
  const ageDays = book.ageDays[place]!;
  const firstDay = lastDay - ageDays;
  const revenueMicros = book.revenueMicros[place]!;
  const rfm = {
    recencyScore: scores.recencyScore[place]!,
    frequencyScore: scores.frequencyScore[place]!,
    monetaryScore: scores.monetaryScore[place]!,
  };
  return {
    modelVersion,
    cutOffDate: run.cutOffDate,
    currencyCode: run.currencyCode,
    purchaseDays: repeats + 1,
    firstPurchaseDate: dayText(firstDay),
    lastPurchaseDate: dayText(firstDay + recencyDays),
    revenueMicros,
    marginMicros: book.marginMicros[place]!,
    recencyDays: ageDays - recencyDays,
    frequency: repeats + 1,
    monetaryMicros: revenueMicros,
    ...rfm,
    segment: cellOf(rfm.recencyScore, rfm.frequencyScore, rfm.monetaryScore),
    repeatPurchases: repeats,
    recencyWeeks: weeksOf(recencyDays),
    ageWeeks: weeksOf(ageDays),
    probabilityAlive: scores.alive[place] ?? null,
    expectedPurchases: scores.purchases[place] ?? null,
    expectedPurchaseValueMicros: scores.purchaseValueMicros[place] ?? null,
    clvMicros: scores.clvMicros[place] ?? null,
    worthMicros: scores.worthMicros[place]!,
    grade: GRADES[scores.grade[place]!]!,
    rankShare: scores.rankShare[place]!,
    ...cycleAt(scores, place),
  };
}

function cycleAt(scores: Scores, place: number) {
  const cycleBasis = CYCLE_BASES[scores.cycleBasis[place]!]!;
  if (!cycleBasis) {
    const none = { cycleMedianDays: null, nextPurchaseDate: null, earliestDate: null, latestDate: null };
    return { cycleBasis, ...none, dueDate: NEVER };
  }
  const nextPurchaseDate = dayText(scores.nextDay[place]!);
  return {
    cycleBasis,
    cycleMedianDays: scores.medianDays[place]!,
    nextPurchaseDate,
    earliestDate: dayText(scores.earliestDay[place]!),
    latestDate: dayText(scores.latestDay[place]!),
    dueDate: nextPurchaseDate,
  };
}
