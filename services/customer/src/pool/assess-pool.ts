// Customers whose owner does nothing go back to the public pool, at the instant that the policy says.
import { CustomerRecycled } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import type { At } from "@guanxi/kit/at";
import { record } from "@guanxi/kit/store";
import type { Assessor, Finding, Looked } from "../checks/assessor.ts";
import { reassign } from "../customers/customer.ts";
import { customers } from "../customers/customers.ts";
import { policyOf } from "./pool-policies.ts";
import type { PoolRules } from "./pool-policy.ts";
import { recyclingOf } from "./recycling.ts";

export const assessPool: Assessor = async (at, looked) => {
  const rules = await policyOf(at);
  return new Map(looked.map((each) => [each.customer.customerId, assess(at, rules, each)]));
};

function assess(at: At, rules: PoolRules, { customer, facts }: Looked): Finding {
  const due = recyclingOf(rules, customer, facts, at.timeZone);
  if (!due || due.time > at.now) return { again: due?.time };
  record(at, customers, reassign(customer, null, at.now), CustomerRecycled, {
    formerOwnerId: customer.ownerId,
    reason: `${due.rule}: ${due.because}`,
  });
  return {};
}
