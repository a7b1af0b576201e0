import type { GetSendingPolicyRequest } from "@guanxi/contract/guanxi/marketing/v1/campaign_service";
import type { SendingPolicy } from "@guanxi/contract/guanxi/marketing/v1/sending_policy";
import { query } from "@guanxi/kit/handler";
import { policyOf, presentPolicy } from "../policies.ts";

export const getSendingPolicy = query<GetSendingPolicyRequest, SendingPolicy>(async (_request, at) =>
  presentPolicy(await policyOf(at)),
);
