import { Relationship } from "@guanxi/contract/guanxi/customer/v1/relationship";
import { RelationshipChanged } from "@guanxi/contract/guanxi/customer/v1/relationship_events";
import type { UpdateRelationshipRequest } from "@guanxi/contract/guanxi/customer/v1/relationship_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lock, record } from "@guanxi/kit/store";
import { customers } from "../../customers/customers.ts";
import { change, present } from "../relationship.ts";
import { lockRelationship, relationships, requirePeople } from "../relationships.ts";

export const updateRelationship = command<UpdateRelationshipRequest, Relationship>(async (request, at) => {
  const { relationship: sent, etag, updateMask, reason } = request;
  const { customerId } = await lock(at, customers, sent?.customerId ?? "");
  const before = await lockRelationship(at, customerId);
  requireEtag(before, etag);
  const merged = at.check(
    Relationship,
    merge(Relationship, present(before), sent, updateMask),
    "relationship",
  );
  const after = change(before, merged, at.now);
  if (after === before) return present(before);
  await requirePeople(at, before, after);
  return present(record(at, relationships, after, RelationshipChanged, { reason }));
});
