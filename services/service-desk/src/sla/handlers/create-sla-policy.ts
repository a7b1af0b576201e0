import { SlaPolicy } from "@guanxi/contract/guanxi/service_desk/v1/sla_policy";
import { SlaPolicyCreated } from "@guanxi/contract/guanxi/service_desk/v1/sla_policy_events";
import type { CreateSlaPolicyRequest } from "@guanxi/contract/guanxi/service_desk/v1/sla_policy_service";
import { command } from "@guanxi/kit/handler";
import { record } from "@guanxi/kit/store";
import { ensurePolicies, policies, present, requireKnown } from "../policies.ts";
import { create } from "../policy.ts";
import { reckonCasesAnew } from "../reckon-cases.ts";

export const createSlaPolicy = command<CreateSlaPolicyRequest, SlaPolicy>(async (request, at) => {
  const policy = create(SlaPolicy.fromPartial(request.slaPolicy ?? {}), at.newId(), at.now);
  await ensurePolicies(at); // whoever comes first does not take the place of the floor
  await requireKnown(at, policy);
  reckonCasesAnew(at);
  return present(record(at, policies, policy, SlaPolicyCreated));
});
