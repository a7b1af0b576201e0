import type { At } from "@guanxi/kit/at";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { copy, named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import type { CareClock, CareFacts } from "./care-clock.ts";
import type { CarePlanState } from "./care-plan.ts";

/** No aggregate: what a clock makes is told by the events of tasks and messages. */
export const careClocks = table({
  entity: new EntitySchema<CareClock>({
    name: "care_clock",
    tableName: "care_clocks",
    columns: {
      careClockId: { name: "care_clock_id", type: "uuid", primary: true },
      carePlanId: { name: "care_plan_id", type: "uuid" },
      customerId: { name: "customer_id", type: "uuid" },
      orderId: { name: "order_id", type: "uuid", nullable: true },
      nextDueDate: { name: "next_due_date", type: "date", nullable: true },
      dueOrderDate: { name: "due_order_date", type: "date" },
      sinceDate: { name: "since_date", type: "date", nullable: true },
      mark: { type: "int" },
      terms: { type: "int" },
      occasion: { type: "text" },
      openTaskId: { name: "open_task_id", type: "uuid", nullable: true },
      madeCount: { name: "made_count", type: "int" },
      doneCount: { name: "done_count", type: "int" },
      skippedCount: { name: "skipped_count", type: "int" },
      lastDoneDate: { name: "last_done_date", type: "date", nullable: true },
      version: { type: "int" },
    },
  }),
});

/** What a condition over standings may name, as published at ListCareStandingsRequest.filter. */
export const careClockFields = catalogue<CareClock>({ id: "care_clock_id", side: "" }, [
  {
    name: "next_due_date",
    type: "date",
    stored: { column: "next_due_date" },
    order: "due_order_date",
    read: ({ nextDueDate }) => nextDueDate,
  },
  {
    name: "customer_id",
    type: "id",
    stored: { column: "customer_id" },
    read: ({ customerId }) => customerId,
  },
  {
    name: "open_task_id",
    type: "id",
    stored: { column: "open_task_id" },
    read: ({ openTaskId }) => openTaskId,
  },
]);

export const keepClocks = (at: At, clocks: readonly CareClock[]): void =>
  copy(
    at,
    careClocks,
    clocks.map((clock) => ({ ...clock, version: clock.version + 1 })),
  );

/** What clocks are set and struck by. */
export interface Known {
  readonly clock: CareClock;
  readonly facts: CareFacts;
  readonly displayName: string;
  readonly ownerId: string | null;
}

// The customer's row may be gone: erased, or removed with its import.
const FACTS = `
select c.customer_id as "customerId", c.display_name as "displayName", c.owner_id as "ownerId", c.grade, c.mark,
  c.birth_day as "birthDay", c.registered_date::text as "registeredDate", first.day::text as "firstOrderDate",
  greatest(last.day, seen.day)::text as "lastSeenDate"
from care_customers c
left join lateral (select order_date as day from care_orders o where o.customer_id = c.customer_id
  order by order_date limit 1) first on true
left join lateral (select order_date as day from care_orders o where o.customer_id = c.customer_id
  order by order_date desc limit 1) last on true
left join lateral (select event_date as day from interactions i where i.customer_id = c.customer_id and not automatic
  order by event_time desc limit 1) seen on true
where c.customer_id = any($1::uuid[])`;

const ORDERS = `select order_id as id, order_date::text as day from care_orders where order_id = any($1::uuid[])`;

interface Row extends Omit<CareFacts, "orderDate"> {
  readonly customerId: string;
  readonly displayName: string;
  readonly ownerId: string | null;
}

export async function knownOf(at: At, clocks: readonly CareClock[]): Promise<Known[]> {
  const customerIds = [...new Set(clocks.map(({ customerId }) => customerId))];
  const orderIds = clocks.flatMap(({ orderId }) => orderId ?? []);
  const [rows, orders] = await Promise.all([
    named<Row>(at, { name: "care facts", text: FACTS, values: [customerIds] }),
    orderIds.length > 0
      ? named<{ id: string; day: string }>(at, { name: "care orders", text: ORDERS, values: [orderIds] })
      : [],
  ]);
  const rowOf = new Map(rows.map((row) => [row.customerId, row]));
  const dayOf = new Map(orders.map(({ id, day }) => [id, day]));
  return clocks.map((clock) => {
    const { displayName = "", ownerId = null, ...facts } = rowOf.get(clock.customerId) ?? NOBODY;
    return {
      clock,
      displayName,
      ownerId,
      facts: { ...facts, orderDate: dayOf.get(clock.orderId ?? "") ?? null },
    };
  });
}

const NOBODY: Partial<Row> & Omit<CareFacts, "orderDate"> = {
  ...{ mark: -1, grade: 0, birthDay: null, registeredDate: "0001-01-01" },
  ...{ firstOrderDate: null, lastSeenDate: null },
};

const BATCH = 500;

interface Joiner {
  readonly customerId: string;
  readonly orderId: string | null;
}

const NEW_CUSTOMERS = `
select c.customer_id as "customerId", null::uuid as "orderId" from care_customers c
where c.mark >= 0 and c.customer_id > $2
  and not exists (select from care_clocks k where k.care_plan_id = $1 and k.customer_id = c.customer_id)
order by c.customer_id limit ${BATCH}`;
const NEW_BUYERS = NEW_CUSTOMERS.replace(
  "where",
  "where exists (select from care_orders o where o.customer_id = c.customer_id) and",
);
const NEW_ORDERS = `
select o.customer_id as "customerId", o.order_id as "orderId" from care_orders o
where o.order_date between $3 and $4 and o.order_id > $2
  and not exists (select from care_clocks k where k.care_plan_id = $1 and k.order_id = o.order_id)
order by o.order_id limit ${BATCH}`;

/** Customers, or orders of some days, that have no clock yet: those behind the last one of the batch before. */
export function joiners(
  at: At,
  { carePlanId, occasion }: CarePlanState,
  after: string,
  days: readonly [string, string],
): Promise<Joiner[]> {
  if (occasion === "AFTER_ORDER")
    return named(at, { name: "care new orders", text: NEW_ORDERS, values: [carePlanId, after, ...days] });
  const [name, text] =
    occasion === "PURCHASE_ANNIVERSARY"
      ? ["care new buyers", NEW_BUYERS]
      : ["care new customers", NEW_CUSTOMERS];
  return named(at, { name, text, values: [carePlanId, after] });
}

const ALL = careClocks.columns.map(({ name, field }) => `k.${name} as "${field}"`).join(", ");

// Clocks of orders are set once: they are due within days.
const OUTDATED = `
select ${ALL} from care_clocks k left join care_customers c on c.customer_id = k.customer_id
where k.care_plan_id = $1 and k.customer_id > $2 and k.order_id is null
  and (k.terms <> $3 or k.mark <> coalesce(c.mark, -1))
order by k.customer_id limit ${BATCH} for update of k`;

export const outdated = (at: At, { carePlanId, terms }: CarePlanState, after: string): Promise<CareClock[]> =>
  named(at, { name: "care outdated", text: OUTDATED, values: [carePlanId, after, terms] });

const DUE_BATCH = 100;
const DUE = `${careClocks.select} where care_plan_id = $1 and due_order_date <= $2
  order by due_order_date, care_clock_id limit ${DUE_BATCH} for update`;

export const dueClocks = (at: At, carePlanId: string, today: string): Promise<CareClock[]> =>
  named(at, { name: "care due", text: DUE, values: [carePlanId, today] });

/** The clocks that wait for a task, locked. */
export const clocksOfTask = (at: At, taskId: string): Promise<CareClock[]> =>
  named(at, {
    name: "care clocks of task",
    text: `${careClocks.select} where open_task_id = $1 for update`,
    values: [taskId],
  });

const OF_CUSTOMER = `${careClocks.select} where customer_id = $1 and since_date is not null order by care_clock_id`;

/** Those of regular care, which a return visit sets anew. */
export const regularClocks = (at: At, customerId: string, hold = false): Promise<CareClock[]> =>
  named(at, {
    name: hold ? "care clocks of customer lock" : "care clocks of customer",
    text: hold ? `${OF_CUSTOMER} for update` : OF_CUSTOMER,
    values: [customerId],
  });
