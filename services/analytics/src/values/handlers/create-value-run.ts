import { enqueue } from "@guanxi/bus/enqueue";
import {
  type CreateValueRunRequest,
  ValuePlan,
  type ValueRun,
} from "@guanxi/contract/guanxi/analytics/v1/value_service";
import type { At } from "@guanxi/kit/at";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { askedDay } from "../../customers/days.ts";
import { VALUE_RUN } from "../run-values.ts";
import { copyOf, type PlanTerms, presentTerms, termsOf } from "../value-plan.ts";
import { planOf } from "../value-plans.ts";
import { beginRun, presentRun } from "../value-run.ts";
import { addRun } from "../value-runs.ts";

export const createValueRun = command<CreateValueRunRequest, ValueRun>(async ({ valueRun }, at) => {
  const plan = termsFor(at, copyOf(await planOf(at)), valueRun?.plan);
  const { now, today, currencyCode, principal: initiator } = at;
  const days = {
    cutOffDate: askedDay(valueRun?.cutOffDate, "value_run.cut_off_date"),
    holdOutStartDate: askedDay(valueRun?.holdOutStartDate, "value_run.hold_out_start_date"),
    cohortEndDate: askedDay(valueRun?.cohortEndDate, "value_run.cohort_end_date"),
  };
  const run = beginRun(at.newId(), plan, { now, today, currencyCode, initiator }, days);
  addRun(at, run);
  enqueue(at, VALUE_RUN, run.valueRunId);
  return presentRun(run);
});

/** The tenant's plan, with what the request says otherwise. */
function termsFor(at: At, plan: PlanTerms, sent: ValuePlan | undefined): PlanTerms {
  const merged = merge(ValuePlan, presentTerms(plan), sent, undefined);
  return termsOf(at.check(ValuePlan, merged, "value_run.plan"), "value_run.plan");
}
