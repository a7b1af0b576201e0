import { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import type { At } from "@guanxi/kit/at";
import { Refusal, refuse, type Violation } from "@guanxi/kit/refuse";
import type { CustomerState } from "../customers/customer-state.ts";
import { present } from "../customers/present.ts";
import { contactCountAt, contactExcess } from "./move-contacts.ts";
import { MOST_TRAITS } from "../traits/traits.ts";

/** What the survivor would have more of than a customer can have, and what is too much to bring to it at once. */
export const excessOf = async (
  at: At,
  survivor: CustomerState,
  absorbedIds: readonly string[],
): Promise<Violation[]> => [
  ...listExcess(at, survivor),
  ...contactExcess(await contactCountAt(at, absorbedIds)),
];

function listExcess(at: At, survivor: CustomerState): Violation[] {
  const traits =
    survivor.traits.length > MOST_TRAITS
      ? [{ field: "customer.traits", description: `must have at most ${MOST_TRAITS}` }]
      : [];
  try {
    at.check(Customer, present(survivor), "customer");
    return traits;
  } catch (error) {
    if (error instanceof Refusal) return [...error.violations, ...traits];
    throw error;
  }
}

export const requireRoom = (at: At, survivor: CustomerState): void => refuseFor(listExcess(at, survivor));

/** Asked before any of them is locked. */
export const requireFewContacts = async (at: At, absorbedIds: readonly string[]): Promise<void> =>
  refuseFor(contactExcess(await contactCountAt(at, absorbedIds)));

function refuseFor(excess: readonly Violation[]): void {
  const message =
    "Together they have more than one merge can bring to a customer: take some of it away first.";
  if (excess.length > 0) throw refuse("precondition", "MERGE_TOO_LARGE", message, excess);
}
