import type { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CustomerReferred } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import type { RecordReferralRequest } from "@guanxi/contract/guanxi/customer/v1/referral_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { customers } from "../../customers/customers.ts";
import { answer } from "../../customers/present.ts";
import { refer } from "../referral.ts";
import { holdReferrals, lineOf, referrerOf } from "../referrals.ts";

export const recordReferral = command<RecordReferralRequest, Customer>(async (request, at) => {
  await holdReferrals(at);
  const before = await lock(at, customers, request.customerId);
  matchEtag(before, request.etag);
  const referrerId = await referrerOf(at, request.referrerCustomerId, "referrer_customer_id");
  const line = referrerId ? await lineOf(at, referrerId) : [];
  const after = refer(before, referrerId || null, line, at.now);
  if (after === before) return answer(before, at);
  return answer(record(at, customers, after, CustomerReferred), at);
});
