// 2,357 people who bought music in 1997 and 1998, a tenth of a shop's new customers: the sample that the purchase models of
// the field were published with. The company's files name customers and purchases; here they are customers and orders.
import {
  createValueRun,
  type CustomerValue,
  getValueRun,
  listCustomers,
  listCustomerValues,
  querySalesFigures,
  type ValueRun,
  type ValueRunInput,
} from "@guanxi/client/gen/guanxi";
import { importFile, type Wish } from "@guanxi/cli/importing";
import { setTimeout as pause } from "node:timers/promises";
import { dataText } from "./data.ts";
import type { Figures } from "./figures.ts";
import { countsOf, countsText, latest } from "./maven.ts";
import { knowing } from "./wait.ts";

const SYSTEM = "cdnow";

interface Purchase {
  readonly customer: string;
  readonly day: string;
  readonly sales: string;
}

function purchases(): Purchase[] {
  const [, ...lines] = dataText("cdnow/cdnowElog.csv").trim().split(/\r?\n/);
  return lines.map((line) => {
    const [, customer = "", date = "", , sales = ""] = line.split(",");
    return { customer, day: `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`, sales };
  });
}

const csv = (lines: readonly string[]) => new Blob([lines.join("\n"), "\n"]);

const buyers = (): Wish => ({
  kind: "customer",
  sourceSystem: SYSTEM,
  fileName: "customers.csv",
  file: csv([
    "external_id,display_name,kind",
    ...[...new Set(purchases().map(({ customer }) => customer))].map((id) => `${id},Customer ${id},person`),
  ]),
});

/** The shop's log has no numbers; two equal purchases of a day are two, so its lines are the numbers. */
const orders = (afterSequence: string): Wish => ({
  kind: "order",
  sourceSystem: SYSTEM,
  fileName: "orders.csv",
  afterSequence,
  file: csv([
    "order_number,customer,order_date,product_code,quantity,list_price",
    ...purchases().map(
      ({ customer, day, sales }, index) => `CD-${index + 1},${customer},${day},CD,1,${sales}`,
    ),
  ]),
});

export async function cdnow(figures: Figures): Promise<void> {
  const people = await importFile(buyers());
  figures.exact("cdnow: customers", countsText(2357, 2357), countsOf(people));
  const bought = await importFile(orders(latest(people)));
  figures.exact("cdnow: purchases", countsText(6919, 6919), countsOf(bought));
  await knowing(latest(bought), () => querySalesFigures());
  await models(figures);
}

/** The tables of the glossary, by the runs that a company would make. */
async function models(figures: Figures): Promise<void> {
  const plan = { horizonWeeks: 39, yearlyDiscountRate: 0.15 };
  const tested = await runOf({ cutOffDate: day(1998, 7, 1), holdOutStartDate: day(1997, 10, 1), plan });
  fitted(figures, "BG/NBD", tested, { r: 0.24259, alpha: 4.41353, a: 0.79289, b: 2.42575 }, -9582.43);
  const { p, q, gamma } = tested.parameters;
  figures.near("cdnow: Gamma-Gamma p", 6.2488, p, 6.2488 * 0.005);
  figures.near("cdnow: Gamma-Gamma q", 3.7446, q, 3.7446 * 0.005);
  figures.near("cdnow: Gamma-Gamma γ", 15.4477, gamma, 15.4477 * 0.005);
  figures.near("cdnow: Gamma-Gamma log-likelihood", -4055.92, tested.valueLogLikelihood, 0.01);
  figures.near("cdnow: correlation of number and value", 0.114, tested.correlation, 0.0005);
  figures.exact("cdnow: customers, again, repeats", "2357 946 2457", populationOf(tested));
  figures.exact("cdnow: purchases that were kept back", 1882, tested.holdOut?.actualPurchases ?? 0);
  figures.near("cdnow: foretold (12 % too few, as known)", 1653, tested.holdOut?.predictedPurchases, 10);
  const pareto = await runOf({
    cutOffDate: day(1998, 7, 1),
    holdOutStartDate: day(1997, 10, 1),
    plan: { ...plan, purchaseModel: "PURCHASE_MODEL_PARETO_NBD" },
  });
  fitted(figures, "Pareto/NBD", pareto, { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 }, -9594.98);
  await runOf({ cutOffDate: day(1997, 10, 1), plan });
  const one = await valueOf("1");
  figures.near("cdnow: customer 1, 39 weeks ahead", 1.2259, one.expectedPurchases, 0.0012259);
  figures.near("cdnow: customer 1, P(alive)", 0.72661, one.probabilityAlive, 0.00072661);
  const heaviest = (await listCustomerValues({ orderBy: "clv desc", pageSize: 200 })).customerValues.reduce(
    (a, b) => (a.repeatPurchases >= b.repeatPurchases ? a : b),
  );
  figures.near("cdnow: heaviest, 39 weeks ahead", 20.054, heaviest.expectedPurchases, 0.020054);
  figures.near("cdnow: heaviest, P(alive)", 0.96913, heaviest.probabilityAlive, 0.00096913);
  await runOf({ cutOffDate: day(1997, 10, 1), plan: { ...plan, horizonWeeks: 52 } });
  figures.near("cdnow: customer 1, 52-week CLV at 15 %", 36.0, clvOf(await valueOf("1")), 0.05);
}

type Plan = NonNullable<ValueRunInput["plan"]>;

function fitted(
  figures: Figures,
  model: string,
  run: ValueRun,
  expected: Record<string, number>,
  likelihood: number,
) {
  for (const [name, value] of Object.entries(expected))
    figures.near(`cdnow: ${model} ${name}`, value, run.parameters[name], value * 0.005);
  figures.near(`cdnow: ${model} log-likelihood`, likelihood, run.purchaseLogLikelihood, 0.01);
}

const populationOf = ({ customerCount, repeatCustomerCount, repeatPurchaseCount }: ValueRun) =>
  `${customerCount} ${repeatCustomerCount} ${repeatPurchaseCount}`;

const day = (year: number, month: number, day: number) => ({ year, month, day });
const clvOf = ({ clv }: CustomerValue) => clv && Number(clv.units) + clv.nanos / 1e9;

export async function runOf(wish: ValueRunInput & { plan?: Plan }): Promise<ValueRun> {
  const { valueRunId } = await createValueRun(wish);
  for (;;) {
    const run = await getValueRun(valueRunId);
    if (run.state === "STATE_COMPLETED") return run;
    if (run.state === "STATE_FAILED") throw new Error(run.error);
    await pause(100);
  }
}

async function valueOf(externalId: string): Promise<CustomerValue> {
  const { customers } = await listCustomers({ filter: `display_name == "Customer ${externalId}"` });
  const filter = `customer_id == "${customers[0]!.customerId}"`;
  return (await listCustomerValues({ filter })).customerValues[0]!;
}
