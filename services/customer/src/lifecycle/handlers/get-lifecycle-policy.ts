import type { LifecyclePolicy } from "@guanxi/contract/guanxi/customer/v1/lifecycle_policy";
import type { GetLifecyclePolicyRequest } from "@guanxi/contract/guanxi/customer/v1/lifecycle_service";
import { query } from "@guanxi/kit/handler";
import { policyOf } from "../lifecycle-policies.ts";
import { present } from "../lifecycle-policy.ts";

export const getLifecyclePolicy = query<GetLifecyclePolicyRequest, LifecyclePolicy>(async (_request, at) =>
  present(await policyOf(at)),
);
