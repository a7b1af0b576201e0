// Moves customers through the stages as the policy's rules want it, says how loyal they are, and puts them into their class.
import {
  CustomerClassChanged,
  LifecycleStageChanged,
  LoyaltyChanged,
} from "@guanxi/contract/guanxi/customer/v1/customer_events";
import type { At } from "@guanxi/kit/at";
import { compileFilter } from "@guanxi/kit/filter/compile";
import { Refusal } from "@guanxi/kit/refuse";
import { record } from "@guanxi/kit/store";
import type { Assessor, Finding, Looked } from "../checks/assessor.ts";
import { judge } from "../customers/customer.ts";
import type { CustomerState } from "../customers/customer-state.ts";
import { customers } from "../customers/customers.ts";
import { type Condition, nextTurn, reasonOf } from "../segments/condition.ts";
import { type Subject, subjectFields } from "../segments/subject.ts";
import { classFindings, keepFindings } from "./class-findings.ts";
import { type ClassName, classOf, loyaltyOf } from "./judgements.ts";
import { policyOf } from "./lifecycle-policies.ts";
import type { LifecyclePolicyState, StoredRule } from "./lifecycle-policy.ts";
import { stepsOf } from "./stages.ts";

export const assessLifecycle: Assessor = async (at, all) => {
  if (all.length === 0) return new Map();
  const policy = await policyOf(at);
  const looked = all.filter(({ customer }) => isMoved(customer, policy));
  const ids = looked.map(({ customer }) => customer.customerId);
  const findings = await classFindings(at, ids);
  const rules = await compilePolicy(at, policy);
  const found = new Map<string, ClassName>();
  const answers = looked.map((each): [string, Finding] => {
    const { customerId } = each.customer;
    const subject = judgeLoyalty(at, rules, moveOn(at, rules, { ...each, today: at.today }));
    const last = findings.get(customerId) ?? "POTENTIAL";
    const now = followClass(at, subject, last);
    if (now !== last) found.set(customerId, now);
    return [customerId, { again: turnOf(at, rules, subject) }];
  });
  keepFindings(at, found);
  return new Map(answers);
};

/** A release moves nobody: who is older than the rules is moved by them once the company has saved a policy of its own. */
const isMoved = ({ loyalty }: CustomerState, { version }: LifecyclePolicyState) =>
  loyalty !== null || version > 0;

interface CompiledRule extends StoredRule {
  readonly fulfils: Condition;
}

interface CompiledPolicy {
  readonly rules: readonly CompiledRule[];
  readonly loyal: Condition | undefined;
}

/** A condition that names what is no field any more, such as one of the tenant's own, moves nobody until it is changed. */
async function compilePolicy(
  at: At,
  { rules, loyalCondition }: LifecyclePolicyState,
): Promise<CompiledPolicy> {
  const texts = [...rules.map(({ condition }) => condition), loyalCondition];
  const fields = await subjectFields(at, texts.join(" "));
  const compile = (text: string): Condition | undefined => {
    try {
      return compileFilter(text, fields);
    } catch (error) {
      if (error instanceof Refusal) return undefined;
      throw error;
    }
  };
  const compiled = rules.flatMap((rule) => {
    const fulfils = compile(rule.condition);
    return fulfils ? [{ ...rule, fulfils }] : [];
  });
  return { rules: compiled, loyal: compile(loyalCondition) };
}

const recorded = (
  at: At,
  subject: Subject,
  after: CustomerState,
  event: Parameters<typeof record>[3],
  facts: object,
) => ({
  ...subject,
  customer: record(at, customers, after, event, facts),
});

/** Each step says its own event, with the rule and what fulfilled it. */
function moveOn(at: At, { rules }: CompiledPolicy, subject: Subject): Subject {
  const fulfils = ({ fulfils }: CompiledRule, customer: CustomerState) =>
    fulfils.matches({ ...subject, customer }, at);
  let current = subject;
  for (const { rule, after } of stepsOf(rules, subject.customer, fulfils, at.now)) {
    const reason = `${rule.name}: ${reasonOf(rule.fulfils, current)}`;
    const { version } = current.customer;
    current = recorded(at, current, { ...after, version }, LifecycleStageChanged, {
      reason,
      rule: rule.name,
    });
  }
  return current;
}

function judgeLoyalty(at: At, { loyal }: CompiledPolicy, subject: Subject): Subject {
  if (!loyal) return subject;
  const { customer, facts } = subject;
  const loyalty = loyaltyOf(facts, loyal.matches(subject, at));
  if (loyalty === customer.loyalty) return subject;
  const reason = `${facts.orderCount} orders; ${reasonOf(loyal, subject)}`;
  return recorded(at, subject, { ...customer, loyalty, updateTime: at.now }, LoyaltyChanged, { reason });
}

/** What a person said holds until the facts say something else than they did. */
function followClass(at: At, { customer, facts }: Looked, last: ClassName): ClassName {
  const { found, because } = classOf(facts);
  if (found === last || found === customer.customerClass) return found;
  const after = judge(customer, "customerClass", found, at.now);
  record(at, customers, after, CustomerClassChanged, { reason: because });
  return found;
}

/** Only what begins at its stage may move the customer next. */
function turnOf(at: At, { rules, loyal }: CompiledPolicy, subject: Subject): Date | undefined {
  const stage = subject.customer.lifecycleStage;
  const conditions = rules
    .filter(({ fromStages }) => fromStages.includes(stage))
    .map(({ fulfils }) => fulfils);
  const turns = [...conditions, ...(loyal ? [loyal] : [])].flatMap(
    (condition) => nextTurn(condition, subject, at)?.getTime() ?? [],
  );
  return turns.length === 0 ? undefined : new Date(Math.min(...turns));
}
