// What a customer likes, values and thinks: rules.
import { type Trait, Trait_Provenance } from "@guanxi/contract/guanxi/customer/v1/customer";
import { nameOf } from "@guanxi/kit/enum-names";
import { refuse } from "@guanxi/kit/refuse";
import type { CustomerState, StoredTrait } from "../customers/customer-state.ts";

export const MOST_TRAITS = 200;

/** As conditions name it. */
export const wordOf = ({ key, value }: Pick<StoredTrait, "key" | "value">): string => `${key}:${value}`;

interface Statement {
  readonly now: Date;
  readonly recordedBy: string;
}

/** The same customer where all of it is on record already. */
export function withTraits(
  customer: CustomerState,
  sent: readonly Trait[],
  { now, recordedBy }: Statement,
): CustomerState {
  const traits = new Map(customer.traits.map((trait) => [wordOf(trait), trait]));
  for (const { key, value, provenance, evidence } of sent) {
    const said = { key, value, provenance: nameOf(Trait_Provenance, provenance) ?? "INFERRED", evidence };
    const before = traits.get(wordOf(said));
    if (before?.provenance === said.provenance && before.evidence === evidence) continue;
    traits.set(wordOf(said), { ...said, time: now.toISOString(), recordedBy });
  }
  if (traits.size > MOST_TRAITS)
    throw refuse("precondition", "TOO_MANY_TRAITS", `A customer has at most ${MOST_TRAITS} traits.`);
  return renewed(customer, traits, now);
}

export function withoutTraits(customer: CustomerState, words: readonly string[], now: Date): CustomerState {
  const left = customer.traits.filter((trait) => !words.includes(wordOf(trait)));
  return left.length === customer.traits.length ? customer : { ...customer, traits: left, updateTime: now };
}

function renewed(customer: CustomerState, found: Map<string, StoredTrait>, now: Date): CustomerState {
  const isSame =
    found.size === customer.traits.length &&
    customer.traits.every((trait) => found.get(wordOf(trait)) === trait);
  if (isSame) return customer;
  const traits = [...found.values()].sort((a, b) => (wordOf(a) < wordOf(b) ? -1 : 1));
  return { ...customer, traits, updateTime: now };
}
