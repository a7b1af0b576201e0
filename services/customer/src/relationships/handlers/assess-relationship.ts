import { RelationshipLevel } from "@guanxi/contract/guanxi/customer/v1/customer";
import type {
  AssessRelationshipRequest,
  RelationshipAssessment,
} from "@guanxi/contract/guanxi/customer/v1/relationship_service";
import type { At } from "@guanxi/kit/at";
import { dateOrNone, dayIn } from "@guanxi/kit/days";
import { numberOf } from "@guanxi/kit/enum-names";
import { query } from "@guanxi/kit/handler";
import { moneyOf } from "@guanxi/kit/micros";
import { find } from "@guanxi/kit/store";
import type { CustomerState } from "../../customers/customer-state.ts";
import { neededRight } from "../../portrait/visible.ts";
import { getLiving } from "../../customers/living.ts";
import { customerFacts } from "../../facts/facts.ts";
import { criteriaFor } from "../assessment.ts";
import { NOTHING_SPENT, spentOn } from "../costs.ts";
import { type LevelCriteria, metLevelOf, worthOf } from "../criteria.ts";
import { relationshipIdOf } from "../relationship.ts";
import { policyOf } from "../relationship-policies.ts";
import { presentTerms, reviewDateOf, type StoredTerms, termsOf } from "../relationship-policy.ts";

export const assessRelationship = query<AssessRelationshipRequest, RelationshipAssessment>(
  async (request, at) => {
    const customer = await getLiving(at, request.customerId);
    const { customerId, relationshipLevel } = customer;
    const relationshipId = relationshipIdOf(at.tenantId, customerId);
    const [levels, policy, spent, [facts]] = await Promise.all([
      criteriaFor(at, customerId),
      policyOf(at),
      spentOn(at, [relationshipId]),
      find(at, customerFacts, [customerId]),
    ]);
    const { micros, minutes } = spent.get(relationshipId) ?? NOTHING_SPENT;
    const value = facts?.margin365dMicros ?? 0n;
    const { overInvested, advised } = worthOf(relationshipLevel, micros, value);
    const hidden = neededRight("orders", at);
    const terms = termsOf(policy, relationshipLevel);
    return {
      customerId,
      level: numberOf(RelationshipLevel, relationshipLevel),
      metLevel: numberOf(RelationshipLevel, metLevelOf(levels)),
      levels: levels.map(presentLevel),
      terms: terms && presentTerms(terms),
      reviewDate: dateOrNone(reviewOf(at, customer, terms)),
      cost: moneyOf(micros, at.currencyCode),
      minutes,
      value: hidden === "" ? moneyOf(value, at.currencyCode) : undefined,
      neededRight: hidden,
      overInvested,
      advisedLevel: numberOf(RelationshipLevel, advised),
    };
  },
);

const presentLevel = ({ level, met, criteria }: LevelCriteria) => ({
  level: numberOf(RelationshipLevel, level),
  met,
  criteria: [...criteria],
});

function reviewOf(
  at: At,
  { relationshipLevelSinceTime: since }: CustomerState,
  terms: StoredTerms | undefined,
) {
  if (!terms || !since) return null;
  return reviewDateOf(terms, dayIn(at.timeZone)(since), at.today) ?? null;
}
