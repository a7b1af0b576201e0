import { type BgNbd, bgNbd, fitBgNbd } from "../models/bg-nbd.ts";
import { fitGammaGamma, type ValueFit } from "../models/gamma-gamma.ts";
import { fitParetoNbd, type ParetoNbd, paretoNbd } from "../models/pareto-nbd.ts";
import type { PurchaseModel } from "../models/purchase-model.ts";
import { unitsOf } from "../models/summary.ts";
import type { Book } from "./book.ts";
import type { PlanTerms } from "./value-plan.ts";

/** What the data say of all customers; absent where they do not say enough. */
export interface Fit {
  readonly model: PurchaseModel;
  readonly values: ValueFit;
  /** Of the margin in the revenue, where the cost of none of a customer's days is known. */
  readonly bookShare: number;
  readonly parameters: Readonly<Record<string, number>>;
  readonly purchaseLogLikelihood: number;
}

export interface Fitted {
  readonly fit: Fit | undefined;
  readonly warnings: readonly string[];
}

const LEAST_REPEAT_CUSTOMERS = 30;
const WITHOUT_CLV = "customer lifetime values are left out, and grades go by revenue";

export function fitTo(book: Book, { purchaseModel, basis }: PlanTerms): Fitted {
  const repeatCustomers = book.repeats.reduce((count, x) => count + (x > 0 ? 1 : 0), 0);
  if (repeatCustomers < LEAST_REPEAT_CUSTOMERS)
    return without(
      `the models need ${LEAST_REPEAT_CUSTOMERS} customers who bought more than once, and found ${repeatCustomers}`,
    );
  const bookShare =
    basis === "MARGIN" ? shareOf(sumOf(book.costedMarginMicros), sumOf(book.costedMicros)) : 1;
  if (bookShare === undefined)
    return without("of no day of purchase the cost is known, and values go by margin");
  const purchases = FITS[purchaseModel](book);
  if (!purchases.converged) return without("the purchases do not settle the parameters of the model");
  const { model, logLikelihood } = purchases;
  const values = fitGammaGamma(
    book.repeats,
    Float64Array.from(book.repeats, (_, customer) => meanValueAt(book, customer)),
  );
  const parameters = { ...purchases.parameters, ...values.parameters };
  return {
    fit: { model, values, bookShare, parameters, purchaseLogLikelihood: logLikelihood },
    warnings: warningsOf(values),
  };
}

const without = (reason: string): Fitted => ({
  fit: undefined,
  warnings: [`${reason[0]!.toUpperCase()}${reason.slice(1)}: ${WITHOUT_CLV}.`],
});

function warningsOf({ isCorrelated, correlation, converged }: ValueFit): string[] {
  const warnings: string[] = [];
  if (isCorrelated)
    warnings.push(
      `Who buys more often pays ${correlation > 0 ? "more" : "less"} (correlation ${correlation.toFixed(2)}), and the model of values takes the two as independent.`,
    );
  if (!converged)
    warnings.push(
      "The purchases do not settle the parameters of the model of values, as where all are alike.",
    );
  return warnings;
}

interface PurchasesFit {
  readonly model: PurchaseModel;
  readonly parameters: Readonly<Record<string, number>>;
  readonly logLikelihood: number;
  readonly converged: boolean;
}

const FITS: Readonly<Record<PlanTerms["purchaseModel"], (book: Book) => PurchasesFit>> = {
  BG_NBD(book) {
    const { parameters, ...fit } = fitBgNbd(historiesOf(book));
    const { r, alpha, a, b }: BgNbd = parameters;
    return { ...fit, model: bgNbd(parameters), parameters: { r, alpha, a, b } };
  },
  PARETO_NBD(book) {
    const { parameters, ...fit } = fitParetoNbd(historiesOf(book));
    const { r, alpha, s, beta }: ParetoNbd = parameters;
    return { ...fit, model: paretoNbd(parameters), parameters: { r, alpha, s, beta } };
  },
};

const historiesOf = ({ repeats, recencyDays, ageDays }: Book) => ({
  repeats,
  recency: recencyDays,
  age: ageDays,
});

/** z̄ in currency units, 0 without repeats. */
export const meanValueAt = ({ repeats, repeatMicros }: Book, customer: number): number =>
  repeats[customer] === 0 ? 0 : unitsOf(repeatMicros[customer]!) / repeats[customer]!;

/** Nothing where there is no revenue to hold the margin against. */
export const shareOf = (margin: bigint, revenue: bigint): number | undefined =>
  revenue > 0n ? Number(margin) / Number(revenue) : undefined;

const sumOf = (micros: BigInt64Array) => micros.reduce((sum, each) => sum + each, 0n);
