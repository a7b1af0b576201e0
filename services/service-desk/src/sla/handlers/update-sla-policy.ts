import { isDeepStrictEqual } from "node:util";
import { SlaPolicy } from "@guanxi/contract/guanxi/service_desk/v1/sla_policy";
import { SlaPolicyChanged } from "@guanxi/contract/guanxi/service_desk/v1/sla_policy_events";
import type { UpdateSlaPolicyRequest } from "@guanxi/contract/guanxi/service_desk/v1/sla_policy_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lock, record } from "@guanxi/kit/store";
import { policies, present, requireKnown } from "../policies.ts";
import { change } from "../policy.ts";
import { reckonCasesAnew } from "../reckon-cases.ts";

export const updateSlaPolicy = command<UpdateSlaPolicyRequest, SlaPolicy>(async (request, at) => {
  const { slaPolicy: sent, etag, updateMask } = request;
  const before = await lock(at, policies, sent?.slaPolicyId ?? "");
  requireEtag(before, etag);
  const merged = at.check(SlaPolicy, merge(SlaPolicy, present(before), sent, updateMask), "sla_policy");
  const after = change(before, merged, at.now);
  if (isDeepStrictEqual({ ...after, updateTime: before.updateTime }, before)) return present(before);
  await requireKnown(at, after);
  reckonCasesAnew(at);
  return present(record(at, policies, after, SlaPolicyChanged));
});
