import type {
  GetReferralTreeRequest,
  ReferralTree,
} from "@guanxi/contract/guanxi/customer/v1/referral_service";
import { query } from "@guanxi/kit/handler";
import { moneyOf } from "@guanxi/kit/micros";
import { getLiving } from "../../customers/living.ts";
import { neededRight } from "../../portrait/visible.ts";
import { placeOf, tokenOf, treeOf } from "../referrals.ts";

const DEEPEST = 5;
const USUAL_SIZE = 50;

export const getReferralTree = query<GetReferralTreeRequest, ReferralTree>(async (request, at) => {
  const { customerId } = await getLiving(at, request.customerId);
  const depth = request.depth || DEEPEST;
  const size = request.pageSize || USUAL_SIZE;
  const after = placeOf(request.pageToken, customerId, depth);
  const tree = await treeOf(at, { customerId, depth, after, limit: size + 1 });
  const nodes = tree.nodes.slice(0, size);
  const hidden = neededRight("orders", at);
  const money = (micros: bigint) => (hidden === "" ? moneyOf(micros, at.currencyCode) : undefined);
  return {
    customerId,
    nodes: nodes.map(({ revenueMicros, customerId, displayName, level, referrerCustomerId, orderCount }) => ({
      customerId,
      displayName,
      level,
      referrerCustomerId,
      orderCount: hidden === "" ? orderCount : 0,
      revenue: money(revenueMicros),
    })),
    nextPageToken: tree.nodes.length > size ? tokenOf(customerId, depth, nodes.at(-1)!) : "",
    customerCount: tree.customerCount,
    creditedRevenue: money(tree.creditedMicros),
    neededRight: hidden,
  };
});
