import type { At } from "@guanxi/kit/at";
import type { CustomerState } from "../customers/customer-state.ts";
import { criteriaOf, type Criterion, lackingFor, type LevelCriteria } from "./criteria.ts";
import type { LevelName } from "./relationship.ts";
import { policyOf } from "./relationship-policies.ts";
import { keyContactsOf, relationshipOf } from "./relationships.ts";

/** What is there of what each level asks for. */
export async function criteriaFor(at: At, customerId: string): Promise<LevelCriteria[]> {
  const [relationship, { preferredKeyContacts }] = await Promise.all([
    relationshipOf(at, customerId),
    policyOf(at),
  ]);
  const keyContacts = await keyContactsOf(at, relationship);
  return criteriaOf({ relationship, keyContacts, preferredKeyContacts, today: at.today });
}

/** What a customer lacks for a level that it is to be raised to. */
export async function lacking(at: At, customer: CustomerState, to: LevelName | null): Promise<Criterion[]> {
  const { customerId, relationshipLevel } = customer;
  return lackingFor(relationshipLevel, to, await criteriaFor(at, customerId));
}
