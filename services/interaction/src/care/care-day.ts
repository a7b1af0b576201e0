// Every morning all care plans of a company are gone through: one job, however many customers there are.
import type { Job } from "@guanxi/bus/app";
import { enqueue } from "@guanxi/bus/enqueue";
import type { At } from "@guanxi/kit/at";
import { instantAt } from "../tasks/hours.ts";
import { addDays } from "./care-clock.ts";
import { enabledPlanIds } from "./care-plans.ts";
import { FIRST_STEP, type Step, takeStep } from "./care-round.ts";

/** The job of a company; its subject is the tenant. */
const CARE_DAY = "care day";
const MORNING = "06:00";

/** At once; then every morning, as long as there is a plan that is enabled. */
export const wakeCare = (at: At): void => enqueue(at, CARE_DAY, at.tenantId);

export const careDayJob: Job = {
  name: CARE_DAY,
  async run({ tenantId, signal }, { settingsOf, act }) {
    const { timeZone, currencyCode, dayOf } = await settingsOf(tenantId);
    const as = { tenantId, timeZone, currencyCode, actor: "interaction/care" };
    const planIds = await act(as, enabledPlanIds);
    if (planIds.length === 0) return undefined;
    // The day that this round began: one that lasts past midnight is followed by that of the next morning.
    const today = dayOf(new Date());
    for (const planId of planIds) {
      let step: Step | null = FIRST_STEP;
      while (step) {
        signal.throwIfAborted();
        const from: Step = step;
        step = await act(as, (at) => takeStep({ ...at, today }, planId, from));
      }
    }
    return { again: nextMorning(new Date(), timeZone, dayOf) };
  },
};

function nextMorning(now: Date, timeZone: string, dayOf: (time: Date) => string): Date {
  const today = dayOf(now);
  const morning = instantAt(today, MORNING, timeZone);
  return morning > now ? morning : instantAt(addDays(today, 1), MORNING, timeZone);
}
