import { isDeepStrictEqual } from "node:util";
import { RoutingPolicy } from "@guanxi/contract/guanxi/service_desk/v1/routing_policy";
import { RoutingPolicyChanged } from "@guanxi/contract/guanxi/service_desk/v1/routing_policy_events";
import type { UpdateRoutingPolicyRequest } from "@guanxi/contract/guanxi/service_desk/v1/routing_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lockFound, record } from "@guanxi/kit/store";
import { requireQueues } from "../../queues/queues.ts";
import { change, firstPolicy, present, queuesOf } from "../routing-policy.ts";
import { routingPolicies } from "../routing-policies.ts";

export const updateRoutingPolicy = command<UpdateRoutingPolicyRequest, RoutingPolicy>(async (request, at) => {
  const { routingPolicy: sent, etag, updateMask } = request;
  const [found] = await lockFound(at, routingPolicies, [at.tenantId]);
  const before = found ?? firstPolicy(at.tenantId, at.now);
  requireEtag(before, etag);
  const merged = at.check(
    RoutingPolicy,
    merge(RoutingPolicy, present(before), sent, updateMask),
    "routing_policy",
  );
  const after = change(before, merged, at.now);
  if (isDeepStrictEqual({ ...after, updateTime: before.updateTime }, before)) return present(before);
  await requireQueues(at, queuesOf(after), "routing_policy.rules");
  return present(record(at, routingPolicies, after, RoutingPolicyChanged));
});
