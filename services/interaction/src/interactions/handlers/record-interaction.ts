import { Interaction } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import type { RecordInteractionRequest } from "@guanxi/contract/guanxi/interaction/v1/interaction_service";
import { command } from "@guanxi/kit/handler";
import { askAfterInteraction } from "../../invitations/occasions.ts";
import { conclude, take, withoutOwnWords } from "../interaction.ts";
import { threadKeysOf } from "../keys.ts";
import { present } from "../present.ts";
import { recordContact } from "../record-contact.ts";
import { withParties } from "../parties.ts";

export const recordInteraction = command<RecordInteractionRequest, Interaction>(async (request, at) => {
  const sent = Interaction.fromPartial(request.interaction ?? {});
  const taken = take(sent, at.newId(), at);
  const told = request.conclusion ? conclude(taken, request.conclusion, at.now, "conclusion") : taken;
  const conversationId = sent.conversationId.toLowerCase();
  const draft = await withParties(at, { ...told, detail: withoutOwnWords(told.detail) }, conversationId);
  const { interaction, stored } = await recordContact(at, {
    draft,
    keys: threadKeysOf(draft),
    conversationId: conversationId || null,
  });
  if (request.conclusion && stored) await askAfterInteraction(at, interaction);
  return present(interaction);
});
