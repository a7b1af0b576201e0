import type { DayPlan, PlanDayRequest } from "@guanxi/contract/guanxi/interaction/v1/task_service";
import { query } from "@guanxi/kit/handler";
import { actingUser, requireUser } from "@guanxi/kit/users";
import { planDay as plan, presentDay } from "../plan-day.ts";

export const planDay = query<PlanDayRequest, DayPlan>(async (request, at) => {
  const userId = request.userId.toLowerCase() || actingUser(at);
  await requireUser(at, request.userId, "user_id");
  return presentDay(at, await plan(at, request, userId));
});
