// Who sent whom to us.
import { refuse } from "@guanxi/kit/refuse";
import type { CustomerState } from "../customers/customer-state.ts";

/** `line` are the referrer and all who have sent it, straight or by others: none of them may have been sent by the customer. */
export function refer(
  customer: CustomerState,
  referrerId: string | null,
  line: readonly string[],
  now: Date,
): CustomerState {
  if (customer.referrerCustomerId === referrerId) return customer;
  if (line.includes(customer.customerId))
    throw refuse(
      "precondition",
      "REFERRAL_CIRCLE",
      "The customer has sent the referrer to us, straight or by others: it cannot have been sent by it.",
    );
  return { ...customer, referrerCustomerId: referrerId, updateTime: now };
}

export const unknownReferrer = (field: string) =>
  refuse("invalid", "UNKNOWN_REFERRER", "Name a referrer that is a customer.", [
    { field, description: "is no customer", reason: "UNKNOWN_REFERRER" },
  ]);
