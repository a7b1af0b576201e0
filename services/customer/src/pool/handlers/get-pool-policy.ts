import type { PoolPolicy } from "@guanxi/contract/guanxi/customer/v1/pool_policy";
import type { GetPoolPolicyRequest } from "@guanxi/contract/guanxi/customer/v1/pool_service";
import { query } from "@guanxi/kit/handler";
import { policyOf } from "../pool-policies.ts";
import { present } from "../pool-policy.ts";

export const getPoolPolicy = query<GetPoolPolicyRequest, PoolPolicy>(async (_request, at) =>
  present(await policyOf(at)),
);
