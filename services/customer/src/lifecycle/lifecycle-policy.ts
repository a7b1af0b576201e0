// By what rules customers move through the stages, and what holds as long as nobody has written any.
import { ChurnReason, LifecycleStage } from "@guanxi/contract/guanxi/customer/v1/customer";
import type { LifecyclePolicy, LifecycleRule } from "@guanxi/contract/guanxi/customer/v1/lifecycle_policy";
import { type NameOf, nameOf, numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import { madeId } from "@guanxi/kit/made-id";
import { refuse } from "@guanxi/kit/refuse";

export type StageName = NameOf<typeof LifecycleStage>;
export type ChurnReasonName = NameOf<typeof ChurnReason>;

export interface LifecyclePolicyState {
  readonly lifecyclePolicyId: string;
  readonly rules: readonly StoredRule[];
  readonly moves: readonly StoredMove[];
  readonly loyalCondition: string;
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

export interface StoredRule {
  readonly name: string;
  readonly fromStages: readonly StageName[];
  readonly toStage: StageName;
  readonly condition: string;
  readonly churnReason: ChurnReasonName | null;
}

interface StoredMove {
  readonly fromStage: StageName;
  readonly toStage: StageName;
}

const rule = (name: string, fromStages: StageName[], toStage: StageName, condition: string): StoredRule => ({
  name,
  fromStages,
  toStage,
  condition,
  churnReason: null,
});

/** Half a year without an order; two months later than the next one was expected; or gone, as the value model sees it. */
const QUIET =
  'last_order_date <= today - duration("4320h") || next_purchase_date <= today - duration("1440h") || probability_alive < 0.3';

/** A customer leaves by a person's word only, until a tenant writes a rule for it. */
const FIRST_RULES = [
  rule("first order", ["PROSPECT"], "ACQUISITION", "order_count >= 1"),
  rule("quiet", ["ACQUISITION", "GROWTH", "MATURITY"], "DECLINE", QUIET),
  rule("buys again", ["ACQUISITION"], "GROWTH", "orders_365d >= 2"),
  rule("buys steadily", ["GROWTH"], "MATURITY", "orders_365d >= 6 && orders_90d >= 1"),
  rule("is back", ["DECLINE"], "GROWTH", `orders_90d >= 1 && !(${QUIET})`),
];

const FIRST_MOVES: readonly StoredMove[] = (
  [
    ["PROSPECT", ["ACQUISITION", "DEPARTED"]],
    ["ACQUISITION", ["GROWTH", "DECLINE", "DEPARTED"]],
    ["GROWTH", ["MATURITY", "DECLINE", "DEPARTED"]],
    ["MATURITY", ["GROWTH", "DECLINE", "DEPARTED"]],
    ["DECLINE", ["GROWTH", "MATURITY", "DEPARTED"]],
    ["DEPARTED", ["ACQUISITION"]],
  ] as const
).flatMap(([fromStage, to]) => to.map((toStage) => ({ fromStage, toStage })));

export const policyIdOf = (tenantId: string): string => madeId(tenantId, "lifecycle policy");

export const firstPolicy = (tenantId: string, now: Date): LifecyclePolicyState => ({
  lifecyclePolicyId: policyIdOf(tenantId),
  rules: FIRST_RULES,
  moves: FIRST_MOVES,
  loyalCondition: "orders_365d >= 4 && !(last_nps < 7)",
  createTime: now,
  updateTime: now,
  version: 0,
});

export const isForeseen = (
  { moves }: Pick<LifecyclePolicyState, "moves">,
  from: StageName,
  to: StageName,
): boolean => moves.some(({ fromStage, toStage }) => fromStage === from && toStage === to);

/** Conditions are held against their fields by whoever knows these. */
export function change(policy: LifecyclePolicyState, sent: LifecyclePolicy, now: Date): LifecyclePolicyState {
  const moves = sent.moves.map(({ fromStage, toStage }) => ({
    fromStage: nameOf(LifecycleStage, fromStage)!,
    toStage: nameOf(LifecycleStage, toStage)!,
  }));
  if (moves.some(({ fromStage, toStage }) => fromStage === toStage))
    throw invalid("lifecycle_policy.moves", "must lead to another stage", "NO_MOVE");
  const rules = sent.rules.map(ruleOf);
  if (new Set(rules.map(({ name }) => name)).size < rules.length)
    throw invalid("lifecycle_policy.rules", "must not repeat a name", "REPEATED_NAME");
  for (const [index, each] of rules.entries()) requireRule(each, `lifecycle_policy.rules[${index}]`, moves);
  return { ...policy, rules, moves, loyalCondition: sent.loyalCondition, updateTime: now };
}

const ruleOf = ({ name, fromStages, toStage, condition, churnReason }: LifecycleRule): StoredRule => ({
  name,
  fromStages: fromStages.map((stage) => nameOf(LifecycleStage, stage)!),
  toStage: nameOf(LifecycleStage, toStage)!,
  condition,
  churnReason: nameOf(ChurnReason, churnReason),
});

function requireRule(
  { name, fromStages, toStage, churnReason }: StoredRule,
  field: string,
  moves: readonly StoredMove[],
): void {
  const jump = fromStages.find((from) => !isForeseen({ moves }, from, toStage));
  if (jump)
    throw refuse("invalid", "ILLEGAL_STAGE_JUMP", `Rule ${name} jumps: foresee the move, or leave it out.`, [
      {
        field: `${field}.from_stages`,
        description: `${jump} to ${toStage} is none of the moves`,
        reason: "JUMP",
      },
    ]);
  if (toStage === "DEPARTED" && !churnReason) throw churnReasonMissing(`${field}.churn_reason`);
}

export const churnReasonMissing = (field: string) =>
  refuse("invalid", "CHURN_REASON_MISSING", "Say why the customer has gone.", [
    { field, description: "is needed for DEPARTED", reason: "CHURN_REASON_MISSING" },
  ]);

const invalid = (field: string, description: string, reason: string) =>
  refuse("invalid", "INVALID_REQUEST", "The policy cannot be kept.", [{ field, description, reason }]);

/** The whole public state, as events carry it. */
export const present = (policy: LifecyclePolicyState): LifecyclePolicy => ({
  lifecyclePolicyId: policy.lifecyclePolicyId,
  rules: policy.rules.map(({ fromStages, toStage, churnReason, ...rest }) => ({
    ...rest,
    fromStages: fromStages.map((stage) => numberOf(LifecycleStage, stage)),
    toStage: numberOf(LifecycleStage, toStage),
    churnReason: numberOf(ChurnReason, churnReason),
  })),
  moves: policy.moves.map(({ fromStage, toStage }) => ({
    fromStage: numberOf(LifecycleStage, fromStage),
    toStage: numberOf(LifecycleStage, toStage),
  })),
  loyalCondition: policy.loyalCondition,
  createTime: policy.createTime,
  updateTime: policy.updateTime,
  etag: etagOf(policy),
});
