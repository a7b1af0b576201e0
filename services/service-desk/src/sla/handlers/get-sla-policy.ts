import type { SlaPolicy } from "@guanxi/contract/guanxi/service_desk/v1/sla_policy";
import type { GetSlaPolicyRequest } from "@guanxi/contract/guanxi/service_desk/v1/sla_policy_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { policies, present } from "../policies.ts";

export const getSlaPolicy = query<GetSlaPolicyRequest, SlaPolicy>(async ({ slaPolicyId }, at) =>
  present(await get(at, policies, slaPolicyId)),
);
