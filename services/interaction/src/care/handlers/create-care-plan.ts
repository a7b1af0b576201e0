import { CarePlan } from "@guanxi/contract/guanxi/interaction/v1/care_plan";
import { CarePlanCreated } from "@guanxi/contract/guanxi/interaction/v1/care_plan_events";
import type { CreateCarePlanRequest } from "@guanxi/contract/guanxi/interaction/v1/care_plan_service";
import { command } from "@guanxi/kit/handler";
import { record } from "@guanxi/kit/store";
import { requireUser } from "@guanxi/kit/users";
import { wakeCare } from "../care-day.ts";
import { presentPlan, takePlan } from "../care-plan.ts";
import { carePlans } from "../care-plans.ts";

export const createCarePlan = command<CreateCarePlanRequest, CarePlan>(async (request, at) => {
  const sent = CarePlan.fromPartial(request.carePlan ?? {});
  const plan = takePlan(sent, at.newId(), at);
  await requireUser(at, sent.fallbackAssigneeId, "care_plan.fallback_assignee_id");
  if (plan.enabled) wakeCare(at);
  return presentPlan(record(at, carePlans, plan, CarePlanCreated));
});
