// One round over a care plan: in batches, each a transaction of its own that holds the plan, so that two schedulers take turns
// and a killed one leaves nothing half done.
import type { At } from "@guanxi/kit/at";
import { lockFound } from "@guanxi/kit/store";
import { madeId } from "@guanxi/kit/made-id";
import { addDays, type CareClock, setClock, strike, withTask } from "./care-clock.ts";
import { dueClocks, joiners, keepClocks, type Known, knownOf, outdated } from "./care-clocks.ts";
import type { CarePlanState } from "./care-plan.ts";
import { carePlans } from "./care-plans.ts";
import { giveCare } from "./give-care.ts";

/** Where a round goes on; `null` is its end. */
export interface Step {
  readonly of: "join" | "renew" | "due";
  readonly after: string;
}

const FIRST_ID = "00000000-0000-0000-0000-000000000000";

export const FIRST_STEP: Step = { of: "join", after: FIRST_ID };

/** Orders that were told late still have their clock. */
const LATE_DAYS = 7;

export async function takeStep(at: At, carePlanId: string, { of, after }: Step): Promise<Step | null> {
  const [plan] = await lockFound(at, carePlans, [carePlanId]);
  if (!plan?.enabled) return null;
  if (of === "join") {
    const last = await join(at, plan, after);
    return last ? { of, after: last } : { of: "renew", after: FIRST_ID };
  }
  if (of === "renew") {
    const last = await renew(at, plan, after);
    return last ? { of, after: last } : { of: "due", after: FIRST_ID };
  }
  return (await strikeAll(at, plan)) ? { of, after } : null;
}

async function join(at: At, plan: CarePlanState, after: string): Promise<string | undefined> {
  const days = [addDays(at.today, -plan.days - LATE_DAYS), addDays(at.today, -plan.days)] as const;
  const found = await joiners(at, plan, after, days);
  const clocks = found.map(({ customerId, orderId }) => newClock(at, plan, customerId, orderId));
  set(at, plan, await knownOf(at, clocks));
  const last = found.at(-1);
  return last && (last.orderId ?? last.customerId);
}

async function renew(at: At, plan: CarePlanState, after: string): Promise<string | undefined> {
  const clocks = await outdated(at, plan, after);
  set(at, plan, await knownOf(at, clocks));
  return clocks.at(-1)?.customerId;
}

const set = (at: At, plan: CarePlanState, known: readonly Known[]): void =>
  keepClocks(
    at,
    known.map(({ clock, facts }) => setClock(plan, clock, facts, at.today)),
  );

const newClock = (
  { tenantId }: At,
  { carePlanId, terms }: CarePlanState,
  customerId: string,
  orderId: string | null,
): CareClock => ({
  careClockId: madeId(tenantId, "care_clock", `${carePlanId}/${orderId ?? customerId}`),
  carePlanId,
  customerId,
  orderId,
  nextDueDate: null,
  dueOrderDate: "9999-12-31",
  sinceDate: null,
  mark: 0,
  terms,
  occasion: "",
  openTaskId: null,
  madeCount: 0,
  doneCount: 0,
  skippedCount: 0,
  lastDoneDate: null,
  version: 0,
});

/** False when nothing is due any more: each clock that was due has another day afterwards, or none. */
async function strikeAll(at: At, plan: CarePlanState): Promise<boolean> {
  const clocks = await dueClocks(at, plan.carePlanId, at.today);
  const known = await knownOf(at, clocks);
  const after = await Promise.all(
    known.map(async (each) => {
      const { clock, occasion } = strike(plan, each.clock, each.facts, at.today);
      if (occasion === undefined) return clock;
      const taskId = await giveCare(at, plan, each, occasion);
      return taskId ? withTask(plan, clock, taskId) : clock;
    }),
  );
  keepClocks(at, after);
  return clocks.length > 0;
}
