import type { Relationship } from "@guanxi/contract/guanxi/customer/v1/relationship";
import { RelationshipCost } from "@guanxi/contract/guanxi/customer/v1/relationship";
import { RelationshipCostRecorded } from "@guanxi/contract/guanxi/customer/v1/relationship_events";
import type { RecordRelationshipCostRequest } from "@guanxi/contract/guanxi/customer/v1/relationship_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { checkLater } from "../../checks/check-later.ts";
import { customers } from "../../customers/customers.ts";
import { costOf } from "../costs.ts";
import { present } from "../relationship.ts";
import { lockRelationship, relationships } from "../relationships.ts";

export const recordRelationshipCost = command<RecordRelationshipCostRequest, Relationship>(
  async (request, at) => {
    const cost = costOf(RelationshipCost.fromPartial(request.cost ?? {}), at);
    const { customerId } = await lock(at, customers, request.customerId);
    const before = await lockRelationship(at, customerId);
    matchEtag(before, request.etag);
    checkLater(at, [customerId]); // whether the relation still pays
    const after = { ...before, updateTime: at.now };
    return present(record(at, relationships, after, RelationshipCostRecorded, { cost }));
  },
);
