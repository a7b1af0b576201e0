import type {
  ListSlaPoliciesRequest,
  ListSlaPoliciesResponse,
} from "@guanxi/contract/guanxi/service_desk/v1/sla_policy_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { policies, policyFields, present } from "../policies.ts";

export const listSlaPolicies = query<ListSlaPoliciesRequest, ListSlaPoliciesResponse>(async (request, at) => {
  const { items, nextPageToken } = await list(at, policies, {
    request,
    catalogue: policyFields,
    orders: ["rank", "display_name", "create_time"],
  });
  return { slaPolicies: items.map(present), nextPageToken };
});
