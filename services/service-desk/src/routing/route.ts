// Finds a queue for a case, and somebody in it.
import type { At } from "@guanxi/kit/at";
import { lock } from "@guanxi/kit/store";
import type { CaseDraft, Placing } from "../cases/case.ts";
import type { StoredRouting } from "../cases/case-state.ts";
import { memberLoads, queues } from "../queues/queues.ts";
import { chooseMember } from "./choose-member.ts";
import type { RoutingFacts } from "./routing-facts.ts";
import { type Decision, decide } from "./routing-policy.ts";
import { policyOf } from "./routing-policies.ts";

/** What the policy says of it. */
export const decisionFor = async (at: At, facts: RoutingFacts): Promise<Decision> =>
  decide(await policyOf(at), facts, at);

/** Where the policy sends it. */
export async function placeBy(at: At, it: CaseDraft, { ruleName, reception }: Decision): Promise<Placing> {
  const { queueId, requiredSkills } = reception;
  if (queueId !== null) return placeIn(at, it, queueId, { ruleName, requiredSkills });
  return { queueId: null, assigneeId: null, routing: said(at, "no rule names a queue", ruleName) };
}

const NO_RULE = { ruleName: "", requiredSkills: [] as readonly string[] };

/**
 * Picks in the queue. Its row is held until the command has ended, so that the next one counts this case; of one
 * transaction, `lock` lets one at a time through.
 */
export async function placeIn(at: At, it: CaseDraft, queueId: string, by = NO_RULE): Promise<Placing> {
  const queue = await lock(at, queues, queueId);
  const loads = await memberLoads(at, queue, it.caseId);
  const skills = [...new Set([...it.requiredSkills, ...by.requiredSkills])];
  const { userId, load, reason } = chooseMember(queue.members, loads, { skills, grade: it.grade });
  return { queueId, assigneeId: userId, routing: { ...said(at, reason, by.ruleName), assigneeLoad: load } };
}

/** By hand, or nowhere. */
export const said = (at: At, reason: string, ruleName = ""): StoredRouting => ({
  ruleName,
  reason,
  assigneeLoad: 0,
  time: at.now.toISOString(),
});
