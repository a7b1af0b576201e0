import type { Job } from "@guanxi/bus/app";
import { enqueue } from "@guanxi/bus/enqueue";
import { VALUE_RUN } from "./run-values.ts";
import { copyOf, nextNight } from "./value-plan.ts";
import { lockPlan } from "./value-plans.ts";
import { beginRun } from "./value-run.ts";
import { addRun } from "./value-runs.ts";

/** The job of a plan; its subject is the plan's id. */
export const NIGHTLY_RUN = "nightly value run";

/** The run and the next night are one transaction, so that a night that comes again after a kill finds nothing due. */
export const nightlyRunJob: Job = {
  name: NIGHTLY_RUN,
  async run({ tenantId }, { settingsOf, act }) {
    const { timeZone, currencyCode } = await settingsOf(tenantId);
    await act({ tenantId, timeZone, currencyCode, actor: "analytics/night" }, async (at) => {
      const plan = await lockPlan(at);
      if (!plan.nightly) return;
      const run = beginRun(at.newId(), copyOf(plan), {
        now: at.now,
        today: at.today,
        currencyCode,
        initiator: null,
      });
      addRun(at, run);
      enqueue(at, VALUE_RUN, run.valueRunId);
      enqueue(at, NIGHTLY_RUN, plan.planId, nextNight(plan, timeZone, at.now));
    });
  },
};
