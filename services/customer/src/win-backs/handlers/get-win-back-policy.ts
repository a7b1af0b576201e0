import type { WinBackPolicy } from "@guanxi/contract/guanxi/customer/v1/win_back_policy";
import type { GetWinBackPolicyRequest } from "@guanxi/contract/guanxi/customer/v1/win_back_service";
import { query } from "@guanxi/kit/handler";
import { policyOf } from "../win-back-policies.ts";
import { present } from "../win-back-policy.ts";

export const getWinBackPolicy = query<GetWinBackPolicyRequest, WinBackPolicy>(async (_request, at) =>
  present(await policyOf(at)),
);
