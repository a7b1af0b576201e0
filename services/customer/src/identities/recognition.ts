// Who is meant by what somebody is known by, and what becomes of them when they come once more.
import type { At } from "@guanxi/kit/at";
import { refuse } from "@guanxi/kit/refuse";
import { lockFound } from "@guanxi/kit/store";
import type { CustomerState } from "../customers/customer-state.ts";
import { customers } from "../customers/customers.ts";
import { oneAtATime } from "../customers/one-at-a-time.ts";
import { findIdentity, ownIdentity } from "./find-identity.ts";
import { type Arrival, arrived, type Identity, knownBy, namesOf, recognise } from "./identity.ts";

/** Until this command has ended, nobody else makes a customer who is known by any of it. */
export async function findKnown(at: At, identity: Identity) {
  await oneAtATime(at, namesOf(knownBy(identity)));
  return recognise(identity, await findIdentity(at, identity));
}

const NOTHING = { externalIds: [], creditCode: "", email: "", phone: "" };

/** With what it lacked and nobody else has, for whoever may change customers; with the touch alone for others. To be recorded. */
export async function arrive(
  at: At,
  { customerId }: CustomerState,
  { identity, arrival }: { identity: Identity; arrival: Arrival },
): Promise<CustomerState> {
  const [[before], own] = await Promise.all([
    lockFound(at, customers, [customerId]),
    ownIdentity(at, identity, customerId),
  ]);
  if (!before || before.state === "MERGED")
    throw refuse("unavailable", "CHANGED_MEANWHILE", "The customer was merged meanwhile: try again.");
  return arrived(before, at.may("customer", "update") ? own : { ...identity, ...NOTHING }, arrival);
}
