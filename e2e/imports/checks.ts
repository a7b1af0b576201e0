// What the wholesaler's lines come to, by a count of their own, and what the system says of them.
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { type QuerySalesFiguresParams, querySalesFigures } from "@guanxi/client/gen/guanxi";
import { importFile } from "@guanxi/cli/importing";
import type { Figures } from "../smoke/figures.ts";
import { countsOf, countsText } from "../smoke/maven.ts";
import { knowing } from "../smoke/wait.ts";
import { customersOf, ordersOf, type Retail } from "./retail.ts";

export interface Truth {
  readonly lines: number;
  readonly orders: number;
  readonly customers: number;
  readonly linesWithoutCustomer: number;
  /** Of orders whose number begins with C. */
  readonly cancelledLines: number;
  /** Quantity × price, in thousandths. */
  readonly net: bigint;
}

/** Of the whole file, as published and counted again. */
export const PUBLISHED: Truth = {
  lines: 541_909,
  orders: 25_900,
  customers: 4372,
  linesWithoutCustomer: 135_080,
  cancelledLines: 9288,
  net: 9_747_747_934n,
};

/** Quantities are whole, prices have three decimals, and only descriptions have quotes and commas. */
const LINE = /^([^,]+),.*,(-?\d+),[^,]+,(-?\d+)(?:\.(\d{1,3}))?,(\d*),[^,]*$/;

export async function truthOf({ path }: Retail): Promise<Truth> {
  const [orders, customers] = [new Set<string>(), new Set<string>()];
  const truth = { lines: -1, linesWithoutCustomer: 0, cancelledLines: 0, net: 0n };
  for await (const line of createInterface({ input: createReadStream(path) })) {
    if (++truth.lines === 0) continue;
    const found = LINE.exec(line);
    if (!found) throw new Error(`this line is not like the others: ${line}`);
    const [, order, quantity, units, decimals = "", customer] = [...found];
    orders.add(order!);
    if (customer) customers.add(customer);
    else truth.linesWithoutCustomer += 1;
    if (order!.startsWith("C")) truth.cancelledLines += 1;
    truth.net += BigInt(quantity!) * BigInt(units! + decimals.padEnd(3, "0"));
  }
  return { ...truth, orders: orders.size, customers: customers.size };
}

interface Sql {
  sql<Row>(text: string, values?: unknown[]): Promise<Row[]>;
}

/** In, once more, and what is known then. */
export async function checkRetail(
  figures: Figures,
  system: Sql,
  retail: Retail,
  truth: Truth,
): Promise<void> {
  const { lines, customers } = truth;
  const people = await importFile(customersOf(retail));
  figures.exact("customers", countsText(customers, customers), countsOf(people));
  const taken = await importFile(await ordersOf(retail, people.lastSequence));
  figures.exact("lines", countsText(lines, lines), countsOf(taken));
  await analyticsSay(figures, truth, taken.lastSequence);
  await salesHas(figures, system, truth);
  const said = await restedEvents(system);
  const [peopleAgain, again] = [
    await importFile(customersOf(retail)),
    await importFile(await ordersOf(retail, people.lastSequence)),
  ];
  figures.exact("customers again", countsText(customers, 0, 0, customers), countsOf(peopleAgain));
  figures.exact("lines again", countsText(lines, 0, 0, lines), countsOf(again));
  figures.exact("events of the second time", 0, (await restedEvents(system)) - said);
}

const by = async (...groupBy: NonNullable<QuerySalesFiguresParams["groupBy"]>) =>
  (await querySalesFigures({ groupBy })).rows;

async function analyticsSay(figures: Figures, truth: Truth, sequence: string): Promise<void> {
  const { rows } = await knowing(sequence, () => querySalesFigures());
  const { orderCount, lineCount, netAmount } = rows[0]!;
  figures.exact("analytics: orders", truth.orders, orderCount);
  figures.exact("analytics: lines", truth.lines, lineCount);
  figures.exact("analytics: Σ quantity × price", truth.net, thousandths(netAmount));
  const customers = await by("DIMENSION_CUSTOMER");
  const nobody = customers.find(({ customerId }) => customerId === "");
  figures.exact("analytics: customers", truth.customers, customers.length - (nobody ? 1 : 0));
  figures.exact("analytics: lines without a customer", truth.linesWithoutCustomer, nobody?.lineCount ?? 0);
  const products = await by("DIMENSION_PRODUCT");
  const sum = products.reduce((total, row) => total + thousandths(row.netAmount), 0n);
  figures.exact("analytics: Σ by product", truth.net, sum);
}

const thousandths = (money: { units: string; nanos: number } | undefined) =>
  money ? BigInt(money.units) * 1000n + BigInt(money.nanos / 1e6) : 0n;

async function salesHas(figures: Figures, { sql }: Sql, truth: Truth): Promise<void> {
  const [row] = await sql<Record<string, string>>(`
    select count(distinct order_id) as orders, count(distinct customer_id) as customers, count(*) as lines,
      count(*) filter (where customer_id is null) as nobody,
      count(*) filter (where order_number like 'C%') as cancelled,
      sum((line->>'quantity')::numeric * (line->>'listPrice')::numeric / 1000)::bigint as net,
      (select sum(net_micros) / 1000 from sales.orders)::bigint as totals
    from sales.orders, jsonb_array_elements(lines) as line`);
  const { orders, customers, lines, nobody, cancelled, net, totals } = row!;
  figures.exact("sales: orders", truth.orders, orders!);
  figures.exact("sales: customers", truth.customers, customers!);
  figures.exact("sales: lines", truth.lines, lines!);
  figures.exact("sales: lines without a customer", truth.linesWithoutCustomer, nobody!);
  figures.exact("sales: lines of cancellations", truth.cancelledLines, cancelled!);
  figures.exact("sales: Σ quantity × price", truth.net, net!);
  figures.exact("sales: Σ of the orders' amounts", truth.net, totals!);
}

const REST_MS = 3_000;
const LONGEST_MS = 180_000;

/** What the rules find of customers who have bought is said too: counted once nothing is due and nothing more comes. */
async function restedEvents(system: Sql): Promise<number> {
  const due = "select 1 from customer.customer_checks where due_time <= now() limit 1";
  for (const end = performance.now() + LONGEST_MS; ; ) {
    const before = await events(system);
    await pause(REST_MS);
    const rested = (await system.sql(due)).length === 0 && (await events(system)) === before;
    if (rested) return before;
    if (performance.now() > end) throw new Error("the customers do not come to rest");
  }
}

async function events({ sql }: Sql): Promise<number> {
  const areas = ["sales", "customer"];
  const counts = areas.flatMap((area) =>
    ["outbox", "event_log"].map((table) => `select from ${area}.${table}`),
  );
  const [row] = await sql<{ count: string }>(
    `select count(*) as count from (${counts.join(" union all ")}) e`,
  );
  return Number(row!.count);
}
