// A talk with a customer, as it stands in their history beside all other contacts.
import { Direction, Interaction } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import type { Conclusion } from "@guanxi/contract/guanxi/interaction/v1/interaction_service";
import type { At } from "@guanxi/kit/at";
import { conclude, take } from "../interactions/interaction.ts";
import { threadKeysOf } from "../interactions/keys.ts";
import { recordContact } from "../interactions/record-contact.ts";
import { askAfterInteraction } from "../invitations/occasions.ts";

/** What was said of it is said at once: nobody has to conclude it. */
export async function recordTalk(at: At, sent: Partial<Interaction>, said: Conclusion): Promise<string> {
  const told = Interaction.fromPartial({ direction: Direction.OUTBOUND, ...sent });
  const draft = conclude(take(told, at.newId(), at), said, at.now, "conclusion");
  const { interaction } = await recordContact(at, { draft, keys: threadKeysOf(draft), conversationId: null });
  await askAfterInteraction(at, interaction);
  return interaction.interactionId;
}
