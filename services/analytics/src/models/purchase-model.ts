// What the models of purchasing have in common: both split what a customer will still buy into "is there still" and
// "buys this much if so", and the second knows nothing of when the last purchase was.

export interface PurchaseModel {
  /** The probability that the customer has not left for good at the cut-off. */
  readonly alive: (x: number, tx: number, T: number) => number;
  /** Purchases expected in the t weeks after the cut-off of a customer who is alive at it. */
  readonly purchasesIfAlive: (x: number, T: number, t: number) => number;
}

export interface PurchaseFit<Parameters> {
  readonly parameters: Parameters;
  readonly logLikelihood: number;
  readonly customers: number;
  /** False where the data do not settle the parameters, as when nobody ever left: show no score of such a fit. */
  readonly converged: boolean;
}

export interface History {
  readonly x: number;
  readonly tx: number;
  readonly T: number;
}

/** E[Y(t) | x, tx, T]: purchases in the t weeks after the cut-off. */
export const expectedPurchases = (model: PurchaseModel, { x, tx, T }: History, t: number): number =>
  model.alive(x, tx, T) * model.purchasesIfAlive(x, T, t);

/** E[X(t)]: purchases, after the first one, of a customer who has just come, in t weeks. */
export const expectedOfNew = (model: PurchaseModel, t: number): number => model.purchasesIfAlive(0, 0, t);
