import type { SlaPolicy } from "@guanxi/contract/guanxi/service_desk/v1/sla_policy";
import { SlaPolicyArchived } from "@guanxi/contract/guanxi/service_desk/v1/sla_policy_events";
import type { ArchiveSlaPolicyRequest } from "@guanxi/contract/guanxi/service_desk/v1/sla_policy_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { policies, present } from "../policies.ts";
import { setActive } from "../policy.ts";
import { reckonCasesAnew } from "../reckon-cases.ts";

export const archiveSlaPolicy = command<ArchiveSlaPolicyRequest, SlaPolicy>(async (request, at) => {
  const before = await lock(at, policies, request.slaPolicyId);
  matchEtag(before, request.etag);
  const after = setActive(before, false, at.now);
  if (after === before) return present(before);
  reckonCasesAnew(at);
  return present(record(at, policies, after, SlaPolicyArchived));
});
