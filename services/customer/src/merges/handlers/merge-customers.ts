import { CustomerAbsorbed, CustomersMerged } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import type { Merge, MergeCustomersRequest } from "@guanxi/contract/guanxi/customer/v1/merge_service";
import type { At } from "@guanxi/kit/at";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { refuse } from "@guanxi/kit/refuse";
import { lock, record } from "@guanxi/kit/store";
import { customers, releaseKeys } from "../../customers/customers.ts";
import { oneAtATime } from "../../customers/one-at-a-time.ts";
import { answer } from "../../customers/present.ts";
import { requireFewContacts, requireRoom } from "../limits.ts";
import { absorb, requireMergeable } from "../merge.ts";
import { keepNew } from "../merges.ts";
import { bringContacts, lockContactsAt } from "../move-contacts.ts";
import { present } from "../present.ts";

export const mergeCustomers = command<MergeCustomersRequest, Merge>(async (request, at) => {
  requireSense(request);
  const { survivorId, absorbedIds, picks, reason, despiteDifferentIds: despite } = request;
  await oneAtATime(at, ["merges"]);
  const [survivor, others] = await locked(at, request);
  requireMergeable(survivor, others, { picks, despite });
  const done = absorb(survivor, others, { mergeId: at.newId(), picks, now: at.now });
  requireRoom(at, done.survivor);
  const { mergeId } = done.merge;
  const absorbedCustomerIds = done.absorbed.map(({ customerId }) => customerId);
  releaseKeys(at, absorbedCustomerIds);
  const facts = { mergeId, absorbedCustomerIds, reason };
  const recorded = record(at, customers, done.survivor, CustomersMerged, facts);
  record(at, customers, done.absorbed, CustomerAbsorbed, { mergeId, survivorCustomerId: survivorId });
  await bringContacts(at, { mergeId, from: new Set(absorbedIds), to: survivorId });
  return present(keepNew(at, done.merge, reason), answer(recorded, at));
});

function requireSense(request: MergeCustomersRequest): void {
  const { survivorId, absorbedIds, despiteDifferentIds, reason } = request;
  if (absorbedIds.includes(survivorId))
    throw refuse("invalid", "INVALID_REQUEST", "A customer does not absorb itself.", [
      { field: "absorbed_ids", description: "must not have the survivor" },
    ]);
  if (despiteDifferentIds && reason === "")
    throw refuse("invalid", "INVALID_REQUEST", "Say why they are one although their ids differ.", [
      { field: "reason", description: "is required with despite_different_ids" },
    ]);
}

/** Contacts first, as whoever changes a contact does: else both would wait for each other. */
async function locked(at: At, { survivorId, absorbedIds, etags }: MergeCustomersRequest) {
  await requireFewContacts(at, absorbedIds);
  await lockContactsAt(at, absorbedIds);
  const all = await lock(at, customers, [survivorId, ...absorbedIds]);
  for (const customer of all) matchEtag(customer, etags[customer.customerId] ?? "");
  const [survivor, ...others] = all;
  return [survivor!, others] as const;
}
