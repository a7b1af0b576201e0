import { cycleAccuracy, nextPurchase, type Outcome } from "../models/purchase-cycle.ts";
import type { PurchaseModel } from "../models/purchase-model.ts";
import { weeksOf } from "../models/summary.ts";
import { type Book, daysOf } from "./book.ts";
import type { HoldOutFindings } from "./value-run.ts";

/** What the model, fitted to the days before, foretold of those that were kept back. */
export function testOn(book: Book, model: PurchaseModel, weeks: number): HoldOutFindings {
  const predicted = predictions(book, model, weeks);
  const actual = Float64Array.from(book.laterPurchases);
  const errors = predicted.map((each, i) => each - actual[i]!);
  const { predictions: cyclePredictions, hits: cycleHits } = cycleAccuracy(outcomesOf(book));
  return {
    weeks,
    actualPurchases: sumOf(actual),
    predictedPurchases: sumOf(predicted),
    meanAbsoluteError: meanOf(errors.map(Math.abs)),
    rootMeanSquareError: Math.sqrt(meanOf(errors.map((error) => error * error))),
    correlation: correlationOf(predicted, actual),
    cycleHits,
    cyclePredictions,
  };
}

function predictions(
  { repeats, recencyDays, ageDays }: Book,
  model: PurchaseModel,
  weeks: number,
): Float64Array {
  const known = new Map<string, number>(); // for each x and T, of which there are few
  return Float64Array.from(repeats, (x, i) => {
    const T = weeksOf(ageDays[i]!);
    const key = `${x} ${ageDays[i]}`;
    const ifAlive = known.get(key) ?? model.purchasesIfAlive(x, T, weeks);
    known.set(key, ifAlive);
    return model.alive(x, weeksOf(recencyDays[i]!), T) * ifAlive;
  });
}

/** Of those who have a cycle of their own. */
function outcomesOf(book: Book): Outcome[] {
  return Array.from(book.nextDay, (next, i): Outcome[] => {
    const predicted = nextPurchase(daysOf(book, i), undefined);
    return predicted ? [{ predicted, actual: next || undefined }] : [];
  }).flat();
}

const sumOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
const meanOf = (values: Float64Array) => (values.length === 0 ? 0 : sumOf(values) / values.length);

/** 0 where one of the two is the same for all. */
function correlationOf(a: Float64Array, b: Float64Array): number {
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  const products = sumOf(a.map((each, i) => (each - meanA) * (b[i]! - meanB)));
  const squares = sumOf(a.map((each) => (each - meanA) ** 2)) * sumOf(b.map((each) => (each - meanB) ** 2));
  return squares === 0 ? 0 : products / Math.sqrt(squares);
}
