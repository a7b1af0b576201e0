import { type Customer, RelationshipLevel } from "@guanxi/contract/guanxi/customer/v1/customer";
import { RelationshipLevelChanged } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import type { ChangeRelationshipLevelRequest } from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { refuse } from "@guanxi/kit/refuse";
import { lock, record } from "@guanxi/kit/store";
import { nameOf } from "@guanxi/kit/enum-names";
import { lacking } from "../../relationships/assessment.ts";
import type { Criterion } from "../../relationships/criteria.ts";
import { judge } from "../customer.ts";
import { customers } from "../customers.ts";
import { answer } from "../present.ts";

export const changeRelationshipLevel = command<ChangeRelationshipLevelRequest, Customer>(
  async (request, at) => {
    const before = await lock(at, customers, request.customerId);
    matchEtag(before, request.etag);
    const level = nameOf(RelationshipLevel, request.relationshipLevel);
    const after = judge(before, "relationshipLevel", level, at.now);
    if (after === before) return answer(before, at);
    const missing = await lacking(at, before, level);
    if (missing.length > 0 && !request.force) throw criteriaNotMet(missing);
    const facts = {
      reason: request.reason,
      forced: missing.length > 0,
      missingCriteria: missing.map(({ name }) => name),
    };
    return answer(record(at, customers, after, RelationshipLevelChanged, facts), at);
  },
);

const criteriaNotMet = (missing: readonly Criterion[]) =>
  refuse(
    "precondition",
    "CRITERIA_NOT_MET",
    `The relation does not meet ${missing.map(({ name }) => name).join(", ")}: see to it, or force the level with a reason.`,
    missing.map(({ name, evidence }) => ({
      field: "relationship_level",
      description: `${name}: ${evidence}`,
      reason: "CRITERIA_NOT_MET",
    })),
  );
