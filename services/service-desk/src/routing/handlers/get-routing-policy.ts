import type { RoutingPolicy } from "@guanxi/contract/guanxi/service_desk/v1/routing_policy";
import type { GetRoutingPolicyRequest } from "@guanxi/contract/guanxi/service_desk/v1/routing_service";
import { query } from "@guanxi/kit/handler";
import { policyOf } from "../routing-policies.ts";
import { present } from "../routing-policy.ts";

export const getRoutingPolicy = query<GetRoutingPolicyRequest, RoutingPolicy>(async (_request, at) =>
  present(await policyOf(at)),
);
