// Whom to look at, and when: written by whoever changes something of a customer, read by the check job.
import { dismiss, enqueue, wake } from "@guanxi/bus/enqueue";
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";

/** The job of a company; its subject is the tenant. */
export const CHECK_CUSTOMERS = "check customers";

/** Puts every customer on the list of those. Its subject is the tenant too. */
export const CHECK_ALL = "check all customers";

/** In whose name it changes customers: what stands under it in their histories, rules did and nobody else. */
export const CHECKS = "customer/checks";

/**
 * Customers are to be looked at, at the given time or at once. What is due earlier stays so. It goes with the change that
 * makes it due: one without the other is never seen.
 */
export const checkLater = (at: At, customerIds: readonly string[], due?: Date): void =>
  checkAt(
    at,
    customerIds.map((customerId) => ({ customerId, due })),
  );

/** The same, each customer at its own time. */
export function checkAt(at: At, dues: readonly Due[]): void {
  if (dues.length === 0) return;
  if (at.atEnd) return at.atEnd(CHECK_ALL, () => checkAll(at));
  // Many tell of the same customers at once while a company moves in: whoever waits for such a row is in nobody's way.
  at.tell({ name: "customer checks patience", text: "select set_config('lock_timeout', '4s', true)" });
  // Until this transaction has ended, the job does not lie down to sleep.
  at.tell({
    name: "customer checks awake",
    text: `select pg_advisory_xact_lock_shared(${LOCK})`,
    values: [],
  });
  tellDue(at, dues);
  const first = Math.min(...dues.map(({ due }) => due?.getTime() ?? 0));
  wake(at, CHECK_CUSTOMERS, at.tenantId, first > 0 ? new Date(first) : undefined);
}

/** A rule for all customers is different, or a projection was made anew: each is looked at, in the background. */
export const checkAll = (at: At): void => enqueue(at, CHECK_ALL, at.tenantId);

interface Due {
  readonly customerId: string;
  /** At once, where it is not said. */
  readonly due?: Date | undefined;
}

function tellDue(at: At, dues: readonly Due[]): void {
  at.tell({
    name: "customer checks later",
    text: later("coalesce(due_time, now())"),
    values: columnsOf(dues),
    rows: true,
  });
}

/**
 * For the job itself, which is awake. A time that has come by the clock of the database may not have come by that of this
 * process: no faster than once a second does it look whether it has.
 */
export function tellAgain(at: At, dues: readonly Required<Due>[]): void {
  if (dues.length === 0) return;
  at.tell({
    name: "customer checks again",
    text: later("greatest(due_time, now() + interval '1 second')"),
    values: columnsOf(dues.map(({ customerId, due }) => ({ customerId, due: atLeast(at, due) }))),
    rows: true,
  });
}

const atLeast = ({ now }: At, due: Date | undefined) =>
  new Date(Math.max(due?.getTime() ?? 0, now.getTime() + 1_000));

const columnsOf = (dues: readonly Due[]) => [
  dues.map(({ customerId }) => customerId),
  dues.map(({ due }) => due?.toISOString() ?? null),
];

const later = (due: string) => `
insert into customer_checks (customer_id, due_time)
select customer_id, min(${due}) from unnest($1::uuid[], $2::timestamptz[]) as i (customer_id, due_time)
group by customer_id order by customer_id
on conflict (tenant_id, customer_id) do update set due_time = least(customer_checks.due_time, excluded.due_time)`;

const LOCK = "hashtextextended('customer checks ' || tenant()::text, 0)";

/** The first of those that are due by the clock of the database or by this process's, whichever is ahead. */
export async function dueCustomers(at: At, limit: number): Promise<string[]> {
  const rows = await named<{ customerId: string }>(at, {
    name: "customer checks due",
    text: `
select customer_id as "customerId" from customer_checks where due_time <= greatest(now(), $1::timestamptz)
order by due_time, customer_id limit $2`,
    values: [at.now.toISOString(), limit],
  });
  return rows.map(({ customerId }) => customerId);
}

/**
 * Crosses out those that are still due, and says which they were. Somebody who asks for one meanwhile waits for the end of
 * this transaction, and finds it crossed out: it is due once more, and seen with what they have changed.
 */
export async function takeDue(at: At, customerIds: readonly string[]): Promise<Set<string>> {
  const rows = await named<{ customerId: string }>(at, {
    name: "customer checks take",
    text: `
with due as (
  select customer_id from customer_checks
  where customer_id = any($1::uuid[]) and due_time <= greatest(now(), $2::timestamptz)
  order by customer_id for update)
delete from customer_checks c using due where c.customer_id = due.customer_id
returning c.customer_id as "customerId"`,
    values: [customerIds, at.now.toISOString()],
  });
  return new Set(rows.map(({ customerId }) => customerId));
}

/**
 * The job lies down until the next one is due. False while there is something to do, or somebody who may just be about to
 * say so: whoever has said it before is seen here, and whoever says it later finds the job asleep and wakes it.
 */
export async function sleep(at: At): Promise<boolean> {
  const [held] = await named<{ alone: boolean }>(at, {
    name: "customer checks asleep",
    text: `select pg_try_advisory_xact_lock(${LOCK}) as alone`,
    values: [],
  });
  if (!held!.alone) return false;
  const [next] = await named<{ due: Date | null; now: boolean | null }>(at, {
    name: "customer checks next",
    text: `select min(due_time) as due, min(due_time) <= greatest(now(), $1::timestamptz) as now from customer_checks`,
    values: [at.now.toISOString()],
  });
  if (next!.now) return false;
  if (next!.due) enqueue(at, CHECK_CUSTOMERS, at.tenantId, next!.due);
  else dismiss(at, CHECK_CUSTOMERS, at.tenantId);
  return true;
}
