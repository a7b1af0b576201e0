import type { Db } from "@guanxi/kit/db";
import { dayNumber } from "../models/day-number.ts";
import { type BookRead, readBook } from "./read-book.ts";
import type { Scored } from "./score.ts";
import { scoreAside } from "./score-aside.ts";
import { modelVersionOf } from "./score-of.ts";
import type { Findings, ValueRunState } from "./value-run.ts";

export interface Computed extends BookRead, Pick<Scored, "scores"> {
  readonly findings: Findings;
}

/** From the facts of now to all that a run says; nothing is written. */
export async function computeRun(
  db: Db,
  tenantId: string,
  run: ValueRunState,
  signal: AbortSignal,
): Promise<Computed> {
  const { plan: terms, cutOffDate, holdOutStartDate } = run;
  const read = await readBook(db, tenantId, run, signal);
  const holdOutDays = holdOutStartDate ? dayNumber(cutOffDate) - dayNumber(holdOutStartDate) : 0;
  const { book, scored } = await scoreAside({ book: read.book, terms, holdOutDays }, signal);
  const { scores, ...found } = scored;
  const isFitted = scores.clvMicros.length > 0;
  const findings: Findings = {
    ...found,
    modelVersion: modelVersionOf(terms, isFitted),
    inputHash: read.inputHash,
    streamSequence: String(read.streamSequence),
    customerCount: book.repeats.length,
    repeatCustomerCount: book.repeats.reduce((count, x) => count + (x > 0 ? 1 : 0), 0),
    repeatPurchaseCount: book.repeats.reduce((sum, x) => sum + x, 0),
    otherCurrencyOrderCount: read.otherCurrencyOrderCount,
    ordersWithoutCustomer: read.ordersWithoutCustomer,
  };
  return { ...read, book, scores, findings };
}
