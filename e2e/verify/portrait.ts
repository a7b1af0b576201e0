import { randomInt } from "node:crypto";
import type { Client } from "pg";
import { startSystem, type System } from "../bench/system.ts";

const CUSTOMERS = 100_000;
const CALLS = 2_000;

/** R013: a portrait and a page of a timeline through the front door, one after the other, of any of many customers. */
export async function verifyPortrait(): Promise<string> {
  const system = await startSystem();
  try {
    await system.signIn();
    const ids = await fill(system);
    const portraits = await timed(system, ids, (id) => `/v1/customers/${id}/portrait`);
    const pages = await timed(system, ids, (id) => `/v1/customers/${id}/timeline`);
    return `${CUSTOMERS} customers with ${await rowsOf(system.admin)} copied things; portrait ${portraits}; timeline ${pages}`;
  } finally {
    await system.stop();
  }
}

async function timed(system: System, ids: readonly string[], path: (id: string) => string): Promise<string> {
  const took: number[] = [];
  for (let call = 0; call < CALLS; call += 1) {
    const authorization = await system.authorization();
    const began = performance.now();
    const answer = await fetch(system.gateway + path(ids[randomInt(ids.length)]!), {
      headers: { authorization },
    });
    const body = await answer.text();
    took.push(performance.now() - began);
    if (!answer.ok) throw new Error(`${answer.status}: ${body}`);
  }
  took.sort((a, b) => a - b);
  const at = (share: number) => `${took[Math.floor(share * CALLS)]!.toFixed(1)} ms`;
  return `p50 ${at(0.5)}, p99 ${at(0.99)}`;
}

async function rowsOf(admin: Client): Promise<number> {
  const tables = ["sales", "service_desk", "interaction", "analytics", "marketing"];
  const counts = tables.map((area) => `(select count(*) from customer.portrait_${area})`);
  const { rows } = await admin.query(`select (${counts.join(" + ")})::int as count`);
  return (rows[0] as { count: number }).count;
}

/** Written as the projections would have written them: what is measured is the reading. */
async function fill({ admin, gateway, authorization }: System): Promise<string[]> {
  const headers = { authorization: await authorization(), "content-type": "application/json" };
  const body = JSON.stringify({ kind: "KIND_PERSON", displayName: "张三" });
  const made = await fetch(`${gateway}/v1/customers`, { method: "POST", headers, body });
  const { customerId } = (await made.json()) as { customerId: string };
  await admin.query("set search_path = customer");
  await admin.query(
    `insert into customers select r.* from customers c cross join generate_series(2, ${CUSTOMERS}) n
     cross join lateral jsonb_populate_record(c, jsonb_build_object('customer_id', md5(n::text)::uuid)) r
     where c.customer_id = $1`,
    [customerId],
  );
  await admin.query("create temporary sequence verify_ids cache 1000");
  for (const statement of [...ITEMS.map(itemsOf), PURCHASES, ...["interaction", "sales"].map(entriesOf)])
    await admin.query(statement);
  await admin.query("vacuum analyze");
  const { rows } = await admin.query("select customer_id from customers");
  return (rows as { customer_id: string }[]).map(({ customer_id }) => customer_id);
}

interface Items {
  readonly area: string;
  readonly kind: string;
  readonly status: string;
  readonly open: boolean;
  readonly each: number;
  readonly body: object;
}

const ITEMS: readonly Items[] = [
  {
    area: "interaction",
    kind: "interaction",
    status: "INBOUND",
    open: false,
    each: 12,
    body: {
      channel: "EMAIL",
      direction: "INBOUND",
      subject: "发票",
      outcome: null,
      userId: "",
      replyDueTime: null,
    },
  },
  {
    area: "interaction",
    kind: "task",
    status: "OPEN",
    open: true,
    each: 1,
    body: { kind: "CARE", title: "回访", dueTime: "2026-01-02T00:00:00.000Z", assigneeId: "", reason: "" },
  },
  {
    area: "interaction",
    kind: "survey_invitation",
    status: "ANSWERED",
    open: false,
    each: 1,
    body: { nps: 9, csatMicros: "4000000" },
  },
  {
    area: "service_desk",
    kind: "case",
    status: "NEW",
    open: true,
    each: 2,
    body: {
      number: "1",
      kind: "COMPLAINT",
      priority: "HIGH",
      subject: "",
      assigneeId: "",
      dueTime: null,
      breached: true,
    },
  },
  {
    area: "sales",
    kind: "order",
    status: "FULFILLED",
    open: false,
    each: 5,
    body: { orderNumber: "O-1", creditNote: false },
  },
  {
    area: "sales",
    kind: "opportunity",
    status: "OPEN",
    open: true,
    each: 1,
    body: {
      displayName: "",
      stageId: "offer",
      probability: 10,
      nextStep: "",
      nextStepDate: null,
      ownerId: "",
    },
  },
  {
    area: "analytics",
    kind: "customer_value",
    status: "A",
    open: false,
    each: 1,
    body: { probabilityAliveMicros: "900000", rfmSegment: "loyal", cycleDays: 30 },
  },
];

/** In rising order, as ids of version 7 are: thrown about, they would take the indexes minutes. */
const nextId = "lpad(to_hex(nextval('verify_ids')), 32, '0')::uuid";

const itemsOf = ({ area, kind, status, open, each, body }: Items) => `
insert into portrait_${area} (tenant_id, item_id, customer_id, kind, status, open, item_time, item_date, amount_micros,
  currency_code, body, version)
select tenant_id, ${nextId}, customer_id, '${kind}', '${status}', ${open}, now() - n * interval '3 days',
  current_date - n * 3, 1000000, 'CNY', '${JSON.stringify(body)}', 1
from (select tenant_id, customer_id from customers order by customer_id) c cross join generate_series(1, ${each}) n`;

const PURCHASES = `
insert into purchases (tenant_id, order_id, customer_id, order_number, credit_note, currency_code, order_date, net_micros,
  cost_micros, margin_micros, lines_without_cost, products, version)
select tenant_id, item_id, customer_id, 'O-1', false, 'CNY', item_date, 1000000, 600000, 400000, 0, '[]', 1
from portrait_sales where kind = 'order'`;

const entriesOf = (area: string) => `
insert into timeline_${area} (tenant_id, entry_id, customer_id, time, told_time, area, kind, resource, minor, aggregate_type,
  aggregate_id, version, actor_kind, actor_id, actor_name, origin, title, number)
select tenant_id, ${nextId}, customer_id, item_time, item_time, '${area}', kind || '_told', kind, false, kind, item_id, 1,
  'USER', '', '', 'LIVE', '', '' from portrait_${area}`;
