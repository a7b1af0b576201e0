// What follows from the facts of a customer alone: its class, and how loyal it is.
import type { CustomerState } from "../customers/customer-state.ts";
import type { FactsState } from "../facts/facts.ts";

export type ClassName = CustomerState["customerClass"];
export type LoyaltyName = NonNullable<CustomerState["loyalty"]>;

type ClassFacts = Pick<
  FactsState,
  "openOpportunityCount" | "openOrderCount" | "interactions90d" | "openCaseCount"
>;

/** A deal in progress, contact of the last 90 days, or neither: exactly one of them (R043). */
export function classOf(facts: ClassFacts): { readonly found: ClassName; readonly because: string } {
  const { openOpportunityCount, openOrderCount, interactions90d, openCaseCount } = facts;
  if (openOpportunityCount + openOrderCount > 0)
    return {
      found: "CURRENT",
      because: `${openOpportunityCount} open opportunities, ${openOrderCount} open orders`,
    };
  if (interactions90d + openCaseCount > 0)
    return {
      found: "TARGET",
      because: `${interactions90d} interactions in 90 days, ${openCaseCount} open cases`,
    };
  return { found: "POTENTIAL", because: "nothing is open, and no interaction in 90 days" };
}

/** Whoever has not ordered is nobody's loyal customer, whatever the condition says (R040). */
export const loyaltyOf = ({ orderCount }: Pick<FactsState, "orderCount">, loyal: boolean): LoyaltyName =>
  orderCount === 0 ? "POTENTIAL" : loyal ? "LOYAL" : "NEW";
