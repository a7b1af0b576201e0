// The end of a task of care: its clock goes on.
import type { At } from "@guanxi/kit/at";
import { find } from "@guanxi/kit/store";
import type { TaskState } from "../tasks/task-state.ts";
import { type CareClock, settle } from "./care-clock.ts";
import { clocksOfTask, keepClocks } from "./care-clocks.ts";
import { carePlans } from "./care-plans.ts";

/** For a task that is done or cancelled from now on. */
export async function settleClock(at: At, { taskId, state, origin }: TaskState): Promise<void> {
  if (!origin?.carePlanId) return;
  const how = state === "DONE" ? "done" : "skipped";
  await settleClocks(at, await clocksOfTask(at, taskId), { how, day: at.today });
}

export async function settleClocks(
  at: At,
  clocks: readonly CareClock[],
  end: Parameters<typeof settle>[2],
): Promise<void> {
  const ids = new Set(clocks.map(({ carePlanId }) => carePlanId));
  const plans = new Map((await find(at, carePlans, [...ids])).map((plan) => [plan.carePlanId, plan]));
  keepClocks(
    at,
    clocks.map((clock) => settle(plans.get(clock.carePlanId)!, clock, end)),
  );
}
