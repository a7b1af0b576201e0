// Where people work goes over to the survivor, and back. An affiliation remembers whose it was, so that what was said of it meanwhile
// goes back with it.
import type { ContactState, StoredAffiliation } from "../contacts/contact.ts";

export interface Move {
  readonly mergeId: string;
  readonly from: ReadonlySet<string>;
  readonly to: string;
}

export const moveContact = (contact: ContactState, { mergeId, from, to }: Move, now: Date): ContactState =>
  withAffiliations(contact, now, (affiliation) => {
    const { customerId, came = [] } = affiliation;
    return from.has(customerId)
      ? { ...affiliation, customerId: to, came: [...came, { mergeId, customerId }] }
      : affiliation;
  });

export const moveContactBack = (contact: ContactState, mergeId: string, now: Date): ContactState =>
  withAffiliations(contact, now, (affiliation) => {
    const { came = [], ...rest } = affiliation;
    const index = came.findIndex((each) => each.mergeId === mergeId);
    if (index < 0) return affiliation;
    // Later merges have only carried it further.
    const left = came.slice(0, index);
    return { ...rest, customerId: came[index]!.customerId, ...(left.length > 0 && { came: left }) };
  });

function withAffiliations(
  contact: ContactState,
  now: Date,
  moved: (affiliation: StoredAffiliation) => StoredAffiliation,
): ContactState {
  const all = contact.affiliations.flatMap(unfolded);
  const after = all.map(moved);
  if (after.every((each, index) => each === all[index])) return contact;
  return { ...contact, affiliations: folded(after), updateTime: now };
}

function unfolded(affiliation: StoredAffiliation): StoredAffiliation[] {
  const { held, ...shown } = affiliation;
  return held ? [shown, ...held.flatMap(unfolded)] : [affiliation];
}

/** Whoever works at two organisations that are one works there once: the survivor's word is shown, the other waits behind it. */
function folded(all: readonly StoredAffiliation[]): StoredAffiliation[] {
  const isShown = (each: StoredAffiliation) => each.endDate !== null || hostOf(each, all) === each;
  return all.filter(isShown).map((each) => {
    const held = all.filter((other) => !isShown(other) && hostOf(other, all) === each);
    return held.length > 0 ? { ...each, held } : each;
  });
}

function hostOf({ customerId }: StoredAffiliation, all: readonly StoredAffiliation[]): StoredAffiliation {
  const open = all.filter((each) => each.customerId === customerId && each.endDate === null);
  return open.find(({ came }) => came === undefined) ?? open[0]!;
}
