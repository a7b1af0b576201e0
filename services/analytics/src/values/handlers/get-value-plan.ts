import type { GetValuePlanRequest, ValuePlan } from "@guanxi/contract/guanxi/analytics/v1/value_service";
import { query } from "@guanxi/kit/handler";
import { withCells } from "../rfm-cells.ts";
import { presentPlan } from "../value-plan.ts";
import { planOf } from "../value-plans.ts";

export const getValuePlan = query<GetValuePlanRequest, ValuePlan>(async (_, at) =>
  withCells(presentPlan(await planOf(at))),
);
