// How customers are received: rules in their order, and what holds where none decides.
import { Case_Priority } from "@guanxi/contract/guanxi/service_desk/v1/case";
import type {
  Reception,
  RoutingPolicy,
  RoutingRule,
} from "@guanxi/contract/guanxi/service_desk/v1/routing_policy";
import { nameOf, numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import { compileFilter } from "@guanxi/kit/filter/compile";
import { Refusal, refuse } from "@guanxi/kit/refuse";
import { invalid } from "../cases/case.ts";
import type { CasePriority } from "../cases/case-state.ts";
import { type RoutingFacts, routingFields } from "./routing-facts.ts";

export interface RoutingPolicyState {
  readonly routingPolicyId: string;
  readonly rules: readonly StoredRule[];
  readonly fallback: StoredReception;
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

interface StoredRule {
  readonly name: string;
  readonly condition: string;
  readonly reception: StoredReception;
}

interface StoredReception {
  readonly queueId: string | null;
  readonly requiredSkills: readonly string[];
  readonly priority: CasePriority | null;
  readonly menuId: string;
  readonly script: string;
}

const NOTHING: StoredReception = {
  queueId: null,
  requiredSkills: [],
  priority: null,
  menuId: "",
  script: "",
};

/** What holds before anybody has written one: cases wait for somebody to give them to a queue. */
export const firstPolicy = (routingPolicyId: string, now: Date): RoutingPolicyState => ({
  routingPolicyId,
  rules: [],
  fallback: NOTHING,
  createTime: now,
  updateTime: now,
  version: 0,
});

export function change(policy: RoutingPolicyState, sent: RoutingPolicy, now: Date): RoutingPolicyState {
  const names = sent.rules.map(({ name }) => name);
  if (new Set(names).size < names.length)
    throw invalid([{ field: "routing_policy.rules", description: "must not repeat a name" }]);
  const fallback = receptionOf(sent.defaultReception);
  return { ...policy, rules: sent.rules.map(ruleOf), fallback, updateTime: now };
}

function ruleOf({ name, condition, reception }: RoutingRule, index: number): StoredRule {
  try {
    compileFilter(condition, routingFields);
  } catch (error) {
    throw error instanceof Refusal ? ofRule(error, name, index) : error;
  }
  return { name, condition, reception: receptionOf(reception) };
}

const ofRule = ({ reason, message, violations }: Refusal, name: string, index: number) =>
  refuse(
    "invalid",
    reason,
    `Rule ${name}: ${message}`,
    violations.map((violation) => ({ ...violation, field: `routing_policy.rules[${index}].condition` })),
  );

const receptionOf = (sent: Reception | undefined): StoredReception =>
  sent
    ? {
        queueId: sent.queueId.toLowerCase() || null,
        requiredSkills: sent.requiredSkills,
        priority: nameOf(Case_Priority, sent.priority),
        menuId: sent.menuId,
        script: sent.script,
      }
    : NOTHING;

export interface Decision {
  /** Empty for the default. */
  readonly ruleName: string;
  readonly reception: StoredReception;
}

/** The first rule whose condition is fulfilled decides. */
export function decide(
  { rules, fallback }: Pick<RoutingPolicyState, "rules" | "fallback">,
  facts: RoutingFacts,
  moment: { readonly now: Date; readonly today: string },
): Decision {
  const rule = rules.find(({ condition }) => compileFilter(condition, routingFields).matches(facts, moment));
  return rule ? { ruleName: rule.name, reception: rule.reception } : { ruleName: "", reception: fallback };
}

export const queuesOf = ({ rules, fallback }: RoutingPolicyState): string[] =>
  [...rules.map(({ reception }) => reception), fallback].flatMap(({ queueId }) => queueId ?? []);

/** The whole public state, as events carry it. */
export const present = (policy: RoutingPolicyState): RoutingPolicy => ({
  routingPolicyId: policy.routingPolicyId,
  rules: policy.rules.map(({ reception, ...rule }) => ({ ...rule, reception: presentReception(reception) })),
  defaultReception: presentReception(policy.fallback),
  createTime: policy.createTime,
  updateTime: policy.updateTime,
  etag: etagOf(policy),
});

const presentReception = ({ queueId, requiredSkills, priority, ...rest }: StoredReception): Reception => ({
  ...rest,
  queueId: queueId ?? "",
  requiredSkills: [...requiredSkills],
  priority: numberOf(Case_Priority, priority),
});
