// Looks at each customer of which something has changed, or for which it is time: its cost is per customer concerned, however
// many there are. A change that a rule makes here is a change like any other, so the customer is looked at once more.
import type { Job, JobContext } from "@guanxi/bus/app";
import type { Acting } from "@guanxi/bus/act";
import type { At } from "@guanxi/kit/at";
import { isPassing } from "@guanxi/kit/passing";
import { lockFound } from "@guanxi/kit/store";
import type { CustomerState } from "../customers/customer-state.ts";
import { customers } from "../customers/customers.ts";
import { startOfDay } from "../dates.ts";
import { refreshFacts } from "../facts/refresh.ts";
import { assessLifecycle } from "../lifecycle/assess-lifecycle.ts";
import { assessPool } from "../pool/assess-pool.ts";
import { assessRelationship } from "../relationships/assess-relationship.ts";
import { assessSegments, leaveAll } from "../segments/assess-segments.ts";
import type { Assessor, Looked } from "./assessor.ts";
import { restlessOf } from "./restless.ts";
import { CHECK_CUSTOMERS, CHECKS, dueCustomers, sleep, takeDue, tellAgain } from "./check-later.ts";

const AT_ONCE = 200;
const SOON_MS = 50;
const AFTER_FAILURE_MS = 600_000;

/** Asked in this order; segments see what all of them have left, and of customers that are not active too. */
const RULES: readonly Assessor[] = [assessLifecycle, assessRelationship, assessPool];

export const checkJob: Job = {
  name: CHECK_CUSTOMERS,
  async run({ tenantId, signal }, context) {
    const { timeZone, currencyCode } = await context.settingsOf(tenantId);
    const as = { tenantId, timeZone, currencyCode, actor: CHECKS };
    const rounds = new Map<string, number>();
    for (;;) {
      signal.throwIfAborted();
      const looked = await checkSome(context, as, rounds);
      if (looked > 0) continue;
      return (await context.act(as, sleep)) ? undefined : { afterMs: SOON_MS };
    }
  },
};

/** How many were due. One that cannot be looked at does not keep the others waiting. */
async function checkSome(context: JobContext, as: Acting, rounds: Map<string, number>): Promise<number> {
  const { act, log } = context;
  const due = await act(as, (at) => dueCustomers(at, AT_ONCE));
  try {
    const changed = await act(as, (at) => check(at, due));
    for (const customerId of restlessOf(rounds, due, changed)) {
      log.error({ customerId }, "rules change a customer again and again: it is left alone for a while");
      await act(as, (at) => putOff(at, customerId));
    }
  } catch (error) {
    if (isPassing(error)) throw error;
    for (const customerId of due) {
      await act(as, (at) => check(at, [customerId])).catch(async (err: unknown) => {
        if (isPassing(err)) throw err;
        log.error({ err, customerId }, "a customer could not be checked");
        await act(as, (at) => putOff(at, customerId));
      });
    }
  }
  return due.length;
}

async function putOff(at: At, customerId: string): Promise<void> {
  await takeDue(at, [customerId]);
  tellAgain(at, [{ customerId, due: new Date(at.now.getTime() + AFTER_FAILURE_MS) }]);
}

/** Customers first, then what is due of them: as whoever changes a customer locks them. Answers whom rules have changed. */
export async function check(at: At, customerIds: readonly string[]): Promise<Set<string>> {
  if (customerIds.length === 0) return new Set();
  const found = await lockFound(at, customers, customerIds);
  const due = await takeDue(at, customerIds);
  const known = new Set(found.map(({ customerId }) => customerId));
  await leaveAll(
    at,
    [...due].filter((customerId) => !known.has(customerId)),
  );
  const dueFound = found.filter(({ customerId }) => due.has(customerId));
  const facts = await refreshFacts(
    at,
    dueFound.map(({ customerId }) => customerId),
  );
  const looked = dueFound.map((customer) => ({ customer, facts: facts.get(customer.customerId)! }));
  tellAgain(at, await againOf(at, looked));
  const changed = latest(at, looked).filter(
    ({ customer }, index) => customer.version > looked[index]!.customer.version,
  );
  return new Set(changed.map(({ customer }) => customer.customerId));
}

async function againOf(at: At, looked: readonly Looked[]) {
  const again = new Map<string, number>();
  const note = (customerId: string, time: Date | undefined) => {
    if (!time) return;
    again.set(customerId, Math.min(again.get(customerId) ?? Number.POSITIVE_INFINITY, time.getTime()));
  };
  for (const { facts } of looked)
    note(facts.customerId, facts.windowDueDate ? startOfDay(facts.windowDueDate, at.timeZone) : undefined);
  for (const assess of RULES) {
    const active = latest(at, looked).filter(({ customer }) => customer.state === "ACTIVE");
    for (const [customerId, finding] of await assess(at, active)) note(customerId, finding.again);
  }
  for (const [customerId, finding] of await assessSegments(at, latest(at, looked)))
    note(customerId, finding.again);
  return [...again].map(([customerId, time]) => ({ customerId, due: new Date(time) }));
}

/** As last recorded in this transaction. */
const latest = (at: At, looked: readonly Looked[]): Looked[] =>
  looked.map(({ customer, facts }) => ({
    customer:
      (at.known.get(`${customers.name} ${customer.customerId}`) as CustomerState | undefined) ?? customer,
    facts,
  }));
