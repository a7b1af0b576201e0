// What the list asks the database, with a whole book in it: every page is found by an index, however far one has come.
import { queryCustomerCounts, searchCustomers } from "@guanxi/client/gen/guanxi";
import type { At } from "@guanxi/kit/at";
import { list } from "@guanxi/kit/list";
import { fieldsFor } from "../../../services/customer/src/customers/customer-fields.ts";
import { active, customers } from "../../../services/customer/src/customers/customers.ts";
import { escapeLiteral } from "pg";
import { median } from "../../bench/compare.ts";
import type { System } from "../../bench/system.ts";
import type { Goals } from "./goals.ts";

const ORDERS = ["update_time desc", "create_time", "display_name", "completeness desc"];
const FILTERS = ['city == "成都市" && grade == "A"', '"VIP" in tags', 'display_name.contains("云帆")'];

const SIZE = 200;
const TIMES = 5;

/** The service's pool prepares what has no filter: Postgres may then plan it once for whatever is asked. */
const MODES = ["force_custom_plan", "force_generic_plan"];

interface Plan {
  readonly "Node Type": string;
  readonly "Index Name"?: string;
  readonly "Relation Name"?: string;
  readonly Plans?: readonly Plan[];
}

interface Explained {
  readonly Plan: Plan;
  readonly "Execution Time": number;
}

export async function plans(table: Goals, system: System): Promise<void> {
  for (const orderBy of ORDERS) {
    const first: Asked = { orderBy, filter: "", pageToken: "" };
    const second = await behindHalf(system, first);
    const pages = [...(await explained(system, first)), ...(await explained(system, second))];
    table.below(
      `by ${orderBy}: ways to a page that sort`,
      pages.filter(({ Plan }) => sorts(Plan)).length,
      0,
      "",
    );
    table.told("  found by", [...new Set(pages.flatMap(({ Plan }) => indexesOf(Plan)))].join(", "));
    table.below("  a page, in the database", Math.max(...pages.map((each) => each["Execution Time"])), 20);
  }
  for (const filter of FILTERS) {
    const [{ Plan, "Execution Time": took }] = await explained(system, {
      orderBy: ORDERS[0]!,
      filter,
      pageToken: "",
    });
    table.below(`${filter}: a page, in the database`, took, 100);
    table.told("  found by", indexesOf(Plan).join(", "));
  }
  table.below("counting the book, by the gateway", await timed(() => queryCustomerCounts()), 50);
  table.below(
    "searching it, by the gateway",
    await timed(() => searchCustomers({ query: "yunfan", pageSize: 8 })),
    100,
  );
}

interface Asked {
  readonly orderBy: string;
  readonly filter: string;
  readonly pageToken: string;
}

type Ask = At["ask"];
type Statement = Parameters<Ask>[0];

/** The list as the service has it, on whatever answers its question. */
async function listed(asked: Asked, answer: (statement: Statement) => Promise<unknown[]>): Promise<string> {
  // Of all that At has it uses these alone.
  // All that a list asks of it; a whole one comes only with a request.
  const at = { ask: answer, need: () => {}, now: new Date(), today: "2026-01-01" } as unknown as At;
  const { nextPageToken } = await list(at, customers, {
    request: { ...asked, pageSize: SIZE },
    catalogue: await fieldsFor(at, asked.filter),
    orders: ORDERS.map((order) => order.split(" ")[0]!),
    where: [active],
  });
  return nextPageToken;
}

async function behindHalf(system: System, asked: Asked): Promise<Asked> {
  const half = ({ text, values = [] }: Statement) =>
    asService(system, async ({ admin }) => {
      const { rows } = await admin.query("select count(*)::int / 2 as half from customers");
      return (await admin.query(`${text} offset ${(rows as [{ half: number }])[0].half}`, [...values])).rows;
    });
  return { ...asked, pageToken: await listed(asked, half) };
}

/** With its filter's values known beforehand, and without. */
async function explained(system: System, asked: Asked): Promise<[Explained, ...Explained[]]> {
  const found: Explained[] = [];
  await listed(asked, async ({ text, values = [] }) => {
    for (const mode of MODES) found.push(await explain(system, mode, text, values));
    return [];
  });
  return found as [Explained, ...Explained[]];
}

const explain = (
  system: System,
  mode: string,
  text: string,
  values: readonly unknown[],
): Promise<Explained> =>
  asService(system, async ({ admin }) => {
    await admin.query(`set local plan_cache_mode = ${mode}`);
    await admin.query(`prepare page as ${text}`);
    try {
      const given = values.map((value) => escapeLiteral(String(value))).join(", ");
      const { rows } = await admin.query(`explain (analyze, format json) execute page (${given})`);
      return (rows as [{ "QUERY PLAN": [Explained] }])[0]["QUERY PLAN"][0];
    } finally {
      await admin.query("deallocate page");
    }
  });

/** Under the policies that bind the service. */
async function asService<T>(system: System, act: (system: System) => Promise<T>): Promise<T> {
  const { admin } = system;
  const { rows } = await admin.query("select tenant_id from customer.customers limit 1");
  await admin.query("begin");
  try {
    await admin.query("set local search_path = customer");
    await admin.query("select set_config('app.tenant', $1, true)", [
      (rows as [{ tenant_id: string }])[0].tenant_id,
    ]);
    await admin.query("set local role customer_app");
    return await act(system);
  } finally {
    await admin.query("rollback");
  }
}

const partsOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(partsOf)];
const sorts = (plan: Plan) => partsOf(plan).some((each) => each["Node Type"] === "Sort");
const indexesOf = (plan: Plan) =>
  partsOf(plan).flatMap((each) => {
    if (each["Index Name"]) return [each["Index Name"]];
    return each["Node Type"] === "Seq Scan" ? [`reading all ${each["Relation Name"]}`] : [];
  });

async function timed(act: () => Promise<unknown>): Promise<number> {
  const took: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    const began = performance.now();
    await act();
    took.push(performance.now() - began);
  }
  return median(took);
}
