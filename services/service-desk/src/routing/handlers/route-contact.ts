import { Grade } from "@guanxi/contract/guanxi/customer/v1/customer";
import { Case_Kind, Case_Origin, Case_Priority } from "@guanxi/contract/guanxi/service_desk/v1/case";
import type {
  RouteContactRequest,
  RouteContactResponse,
} from "@guanxi/contract/guanxi/service_desk/v1/routing_service";
import type { At } from "@guanxi/kit/at";
import { nameOf, numberOf } from "@guanxi/kit/enum-names";
import { command } from "@guanxi/kit/handler";
import { find } from "@guanxi/kit/store";
import type { CaseGrade } from "../../cases/case-state.ts";
import { atLeast, leastPriorityOf } from "../../cases/least-priority.ts";
import { gradeOf } from "../../grade-of.ts";
import { callerOf } from "../../projections/addresses.ts";
import { queues } from "../../queues/queues.ts";
import { presentSla } from "../../sla/present-sla.ts";
import { slaFor } from "../../sla/sla-of.ts";
import { decisionFor } from "../route.ts";
import type { RoutingFacts } from "../routing-facts.ts";

/** A command only since a tenant's first promises are made by whoever asks for them first. */
export const routeContact = command<RouteContactRequest, RouteContactResponse>(async (request, at) => {
  const caller = await whoCalls(at, request);
  const grade = await gradeOf(at, caller.customerId);
  const [{ ruleName, reception }, least] = await Promise.all([
    decisionFor(at, factsOf(request, caller.customerId, grade)),
    leastPriorityOf(at, caller.customerId),
  ]);
  const priority = atLeast(reception.priority ?? "NORMAL", least);
  const kind = nameOf(Case_Kind, request.kind) ?? "QUESTION";
  const marks = [{ time: at.now, kind: "open" as const }];
  const [{ sla }, [queue]] = await Promise.all([
    slaFor(at, { kind, priority, grade, marks }),
    find(at, queues, [reception.queueId ?? ""]),
  ]);
  return {
    ...caller,
    grade: numberOf(Grade, grade),
    ruleName,
    menuId: reception.menuId,
    queueId: queue?.queueId ?? "",
    queueName: queue?.displayName ?? "",
    requiredSkills: [...reception.requiredSkills],
    priority: numberOf(Case_Priority, priority),
    sla: presentSla(sla),
    script: reception.script,
  };
});

async function whoCalls(at: At, request: RouteContactRequest) {
  if (request.customerId !== "") return { customerId: request.customerId.toLowerCase(), contactId: "" };
  return (await callerOf(at, request)) ?? { customerId: "", contactId: "" };
}

const factsOf = (
  request: RouteContactRequest,
  customerId: string,
  grade: CaseGrade | null,
): RoutingFacts => ({
  kind: nameOf(Case_Kind, request.kind),
  phase: null,
  origin: nameOf(Case_Origin, request.origin),
  priority: null,
  topic: request.topic || null,
  grade,
  customerId: customerId || null,
  productId: request.productId.toLowerCase() || null,
  tags: [],
  requiredSkills: [],
});
