import type {
  InteractionFact as Listed,
  ListInteractionFactsRequest,
  ListInteractionFactsResponse,
} from "@guanxi/contract/guanxi/analytics/v1/interaction_figure_service";
import { Channel, Direction, Interaction_Outcome } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import { SlaTarget_State } from "@guanxi/contract/guanxi/service_desk/v1/sla";
import { dateOf } from "@guanxi/kit/days";
import { numberOf } from "@guanxi/kit/enum-names";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { type SeenInteraction, seenInteractions } from "../seen-interactions.ts";
import { interactionFields } from "../interaction-fields.ts";

export const listInteractionFacts = query<ListInteractionFactsRequest, ListInteractionFactsResponse>(
  async (request, at) => {
    const { items, nextPageToken } = await list(at, seenInteractions, {
      request,
      catalogue: interactionFields,
      orders: ["interaction_id", "event_date"],
    });
    return { interactionFacts: items.map(present), nextPageToken };
  },
);

const present = (seen: SeenInteraction): Listed => ({
  ...idsOf(seen),
  ...replyOf(seen),
  interactionId: seen.interactionId,
  channel: numberOf(Channel, seen.channel || null),
  direction: numberOf(Direction, seen.direction || null),
  outcome: numberOf(Interaction_Outcome, seen.outcome),
  automatic: seen.automatic,
  topic: seen.topic ?? "",
  eventDate: dateOf(seen.eventDate),
  durationSeconds: seen.durationSeconds,
  learnedCount: seen.learnedCount ?? undefined,
});

const idsOf = ({ customerId, userId, caseId }: SeenInteraction) => ({
  customerId: customerId ?? "",
  userId: userId ?? "",
  caseId: caseId ?? "",
});

const replyOf = (seen: SeenInteraction) => ({
  replyDueTime: seen.replyDueTime ?? undefined,
  replyTime: seen.replyTime ?? undefined,
  replyState: numberOf(SlaTarget_State, seen.replyState),
  replyJudgeTime: seen.replyJudgeTime ?? undefined,
  responseSeconds: seen.responseSeconds ?? undefined,
});
