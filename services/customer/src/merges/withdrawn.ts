// A merge that is undone revives no consent: whoever withdrew one meanwhile may have been either of them, so neither is written to.
import { isDeepStrictEqual } from "node:util";
import { Consent_State } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import type { StoredConsent } from "../contact-points/consents.ts";
import { itemsOf, type Slots } from "./slots.ts";
import { newestConsent } from "./survivorship.ts";

/** What people have said of consents from one to the other, no merge being between them. */
export function saidBetween(from: Slots, to: Slots): StoredConsent[] {
  const before = consentsIn(from);
  return consentsIn(to).filter((each) => !before.some((other) => isDeepStrictEqual(other, each)));
}

/** With each that the last word said meanwhile withdraws. */
export function withWithdrawn(
  consents: readonly StoredConsent[],
  said: readonly StoredConsent[],
): readonly StoredConsent[] {
  const last = new Map<string, StoredConsent>();
  for (const each of said) {
    const before = last.get(nameOf(each));
    last.set(nameOf(each), before ? newestConsent(before, each) : each);
  }
  const withdrawn = [...last.values()].filter(({ state }) => state === Consent_State.WITHDRAWN);
  const all = new Map(consents.map((each) => [nameOf(each), each]));
  for (const each of withdrawn) {
    const own = all.get(nameOf(each));
    all.set(nameOf(each), own ? newestConsent(own, each) : each);
  }
  return withdrawn.length === 0 ? consents : [...all.values()];
}

const nameOf = ({ channel, purpose }: StoredConsent) => `${channel} ${purpose}`;
const consentsIn = (slots: Slots) => itemsOf(slots, "consents") as StoredConsent[];
