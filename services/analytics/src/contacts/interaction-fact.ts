// What figures want to know of a contact.
import {
  Channel,
  Direction,
  type Interaction,
  Interaction_Outcome,
  type Reply,
} from "@guanxi/contract/guanxi/interaction/v1/interaction";
import type { State } from "@guanxi/kit/columns";
import { dayOf } from "@guanxi/kit/days";
import { type NameOf, nameOf } from "@guanxi/kit/enum-names";
import { judge, type PromiseState } from "../measures/promise.ts";

export interface InteractionFact extends State {
  readonly interactionId: string;
  readonly channel: NameOf<typeof Channel> | "";
  readonly direction: NameOf<typeof Direction> | "";
  readonly outcome: NameOf<typeof Interaction_Outcome> | null;
  readonly automatic: boolean;
  readonly customerId: string | null;
  readonly userId: string | null;
  readonly caseId: string | null;
  readonly topic: string | null;
  readonly eventDate: string;
  readonly durationSeconds: number;
  readonly replyDueTime: Date | null;
  readonly replyTime: Date | null;
  readonly replyState: PromiseState | null;
  readonly replyJudgeTime: Date | null;
  readonly responseSeconds: bigint | null;
  readonly learnedCount: number | null;
}

export function interactionFactOf(interaction: Interaction, version: number): InteractionFact {
  const { interactionId, eventDate, reply, learned } = interaction;
  if (!eventDate) throw new Error(`the interaction ${interactionId} has no day`);
  return {
    ...aboutOf(interaction),
    ...replyOf(reply),
    interactionId,
    eventDate: dayOf(eventDate),
    learnedCount: learned ? learned.facts.length : null,
    version,
  };
}

function replyOf(reply: Reply | undefined) {
  const { state, judgeTime } = judge(reply?.dueTime, reply?.replyTime);
  return {
    replyDueTime: reply?.dueTime ?? null,
    replyTime: reply?.replyTime ?? null,
    replyState: state,
    replyJudgeTime: judgeTime,
    responseSeconds: reply?.replyTime ? reply.responseSeconds : null,
  };
}

const aboutOf = (interaction: Interaction) => ({
  channel: nameOf(Channel, interaction.channel) ?? ("" as const),
  direction: nameOf(Direction, interaction.direction) ?? ("" as const),
  outcome: nameOf(Interaction_Outcome, interaction.outcome),
  automatic: interaction.automatic,
  customerId: interaction.customerId || null,
  userId: interaction.userId || null,
  caseId: interaction.caseId || null,
  topic: interaction.topic || null,
  durationSeconds: interaction.durationSeconds,
});
