// What a customer is given at each level, and what holds as long as nobody has written it.
import { RelationshipLevel } from "@guanxi/contract/guanxi/customer/v1/customer";
import type { LevelTerms, RelationshipPolicy } from "@guanxi/contract/guanxi/customer/v1/relationship_policy";
import { addDays } from "@guanxi/kit/days";
import { nameOf, numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import { madeId } from "@guanxi/kit/made-id";
import { refuse } from "@guanxi/kit/refuse";
import type { LevelName } from "./relationship.ts";

export interface RelationshipPolicyState {
  readonly relationshipPolicyId: string;
  readonly terms: readonly StoredTerms[];
  readonly preferredKeyContacts: number;
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

export interface StoredTerms {
  readonly level: LevelName;
  readonly discountPercent: string;
  readonly commissionReductionPercent: string;
  readonly exclusiveOffer: string;
  readonly deliveryPriority: number;
  readonly reviewIntervalDays: number;
}

/** Money is given by nobody but the tenant. */
const terms = (level: LevelName, deliveryPriority: number, reviewIntervalDays: number): StoredTerms => ({
  level,
  discountPercent: "",
  commissionReductionPercent: "",
  exclusiveOffer: "",
  deliveryPriority,
  reviewIntervalDays,
});

export const policyIdOf = (tenantId: string): string => madeId(tenantId, "relationship policy");

export const firstPolicy = (tenantId: string, now: Date): RelationshipPolicyState => ({
  relationshipPolicyId: policyIdOf(tenantId),
  terms: [terms("PREFERRED", 1, 0), terms("PARTNER", 2, 90), terms("STRATEGIC_ALLIANCE", 3, 30)],
  preferredKeyContacts: 2,
  createTime: now,
  updateTime: now,
  version: 0,
});

export function change(
  policy: RelationshipPolicyState,
  sent: RelationshipPolicy,
  now: Date,
): RelationshipPolicyState {
  const after = sent.terms.map(({ level, ...rest }) => ({
    ...rest,
    level: nameOf(RelationshipLevel, level)!,
  }));
  if (new Set(after.map(({ level }) => level)).size < after.length)
    throw refuse("invalid", "INVALID_REQUEST", "The policy cannot be kept.", [
      {
        field: "relationship_policy.terms",
        description: "must not repeat a level",
        reason: "REPEATED_LEVEL",
      },
    ]);
  return { ...policy, terms: after, preferredKeyContacts: sent.preferredKeyContacts, updateTime: now };
}

export const termsOf = (
  { terms }: Pick<RelationshipPolicyState, "terms">,
  level: LevelName | null,
): StoredTerms | undefined => terms.find((each) => each.level === level);

const DAY_MS = 86_400_000;

/** The next day of a rhythm that began when the level was reached; today is one. */
export function reviewDateOf(
  { reviewIntervalDays: interval }: Pick<StoredTerms, "reviewIntervalDays">,
  since: string,
  today: string,
): string | undefined {
  if (interval === 0) return undefined;
  const days = (Date.parse(today) - Date.parse(since)) / DAY_MS;
  return addDays(since, Math.max(1, Math.ceil(days / interval)) * interval);
}

export const presentTerms = ({ level, ...rest }: StoredTerms): LevelTerms => ({
  ...rest,
  level: numberOf(RelationshipLevel, level),
});

/** The whole public state, as events carry it. */
export const present = (policy: RelationshipPolicyState): RelationshipPolicy => ({
  relationshipPolicyId: policy.relationshipPolicyId,
  terms: policy.terms.map(presentTerms),
  preferredKeyContacts: policy.preferredKeyContacts,
  createTime: policy.createTime,
  updateTime: policy.updateTime,
  etag: etagOf(policy),
});
