import type { CarePlan } from "@guanxi/contract/guanxi/interaction/v1/care_plan";
import type { GetCarePlanRequest } from "@guanxi/contract/guanxi/interaction/v1/care_plan_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { presentPlan } from "../care-plan.ts";
import { carePlans } from "../care-plans.ts";

export const getCarePlan = query<GetCarePlanRequest, CarePlan>(async ({ carePlanId }, at) =>
  presentPlan(await get(at, carePlans, carePlanId)),
);
