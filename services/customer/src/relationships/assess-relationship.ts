// Says once of a relation that it costs more than it brings, and once that it pays again (R049).
import {
  RelationshipOverInvested,
  RelationshipPaysAgain,
} from "@guanxi/contract/guanxi/customer/v1/relationship_events";
import type { At } from "@guanxi/kit/at";
import { addDays } from "@guanxi/kit/days";
import { decimalOf } from "@guanxi/kit/micros";
import { lockFound, record } from "@guanxi/kit/store";
import type { Assessor, Finding, Looked } from "../checks/assessor.ts";
import { startOfDay } from "../dates.ts";
import { NOTHING_SPENT, type Spent, spentOn, WINDOW_DAYS } from "./costs.ts";
import { worthOf } from "./criteria.ts";
import { relationshipIdOf, type RelationshipState } from "./relationship.ts";
import { relationships } from "./relationships.ts";

/** Only what was stated of a relation has costs, so of most customers there is nothing to ask. */
export const assessRelationship: Assessor = async (at, looked) => {
  const ids = looked.map(({ customer }) => relationshipIdOf(at.tenantId, customer.customerId));
  const found = await lockFound(at, relationships, ids);
  const spent = await spentOn(
    at,
    found.map(({ relationshipId }) => relationshipId),
  );
  const byId = new Map(looked.map((each) => [each.customer.customerId, each]));
  return new Map(
    found.map((relationship): [string, Finding] => {
      const { customerId, relationshipId } = relationship;
      const cost = spent.get(relationshipId) ?? NOTHING_SPENT;
      flag(at, relationship, byId.get(customerId)!, cost);
      // A cost leaves the window when its year is over; what leaves with the margin, the facts say.
      return [
        customerId,
        { again: cost.since ? startOfDay(addDays(cost.since, WINDOW_DAYS), at.timeZone) : undefined },
      ];
    }),
  );
};

function flag(at: At, before: RelationshipState, { customer, facts }: Looked, { micros }: Spent): void {
  const { overInvested, advised } = worthOf(customer.relationshipLevel, micros, facts.margin365dMicros);
  if (overInvested === (before.overInvestedSinceTime !== null) && advised === before.advisedLevel) return;
  const since = overInvested ? (before.overInvestedSinceTime ?? at.now) : null;
  const after = { ...before, overInvestedSinceTime: since, advisedLevel: advised, updateTime: at.now };
  const reason = `cost ${decimalOf(micros)}, margin ${decimalOf(facts.margin365dMicros)} in ${WINDOW_DAYS} days`;
  record(at, relationships, after, overInvested ? RelationshipOverInvested : RelationshipPaysAgain, {
    reason,
  });
}
