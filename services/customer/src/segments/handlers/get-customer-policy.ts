import type {
  CustomerPolicy,
  GetCustomerPolicyRequest,
} from "@guanxi/contract/guanxi/customer/v1/segment_service";
import { query } from "@guanxi/kit/handler";
import { getLiving } from "../../customers/living.ts";
import { segmentsOf } from "../memberships.ts";
import { ruling } from "../segment.ts";

export const getCustomerPolicy = query<GetCustomerPolicyRequest, CustomerPolicy>(
  async ({ customerId: asked }, at) => {
    const { customerId } = await getLiving(at, asked);
    const found = await segmentsOf(at, customerId);
    const holds = ruling(found);
    return {
      customerId,
      segmentId: holds?.segmentId ?? "",
      segmentName: holds?.name ?? "",
      policy: holds?.policy ?? undefined,
    };
  },
);
