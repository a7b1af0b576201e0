// What a connector hands in: a mail that was read, a mention that was found.
import { type DeepPartial, Direction, Interaction } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import type { At } from "@guanxi/kit/at";
import { take } from "./interaction.ts";
import { threadKeysOf } from "./keys.ts";
import { withPartyFound } from "./parties.ts";
import { recordContact } from "./record-contact.ts";

/** The fields of an Interaction, as the contract has them. Inbound, unless said. */
export type Inbound = DeepPartial<Interaction> & {
  readonly channel: Interaction["channel"];
  /** By which it finds its conversation, the surest first, as mailKey makes them; by customer and address where there is none. */
  readonly threadKeys?: readonly string[];
  /** By which later ones find it too. */
  readonly leadingKeys?: readonly string[];
};

/**
 * Records what came from outside, once for each external id: the second time it answers with what is there. Customer and
 * contact are found by the address where they are not said.
 */
export async function recordInbound(
  at: At,
  { threadKeys = [], leadingKeys = [], ...fields }: Inbound,
): Promise<{ interactionId: string; stored: boolean }> {
  const told = Interaction.fromPartial({ direction: Direction.INBOUND, ...fields });
  const taken = take({ ...told, eventTime: notAhead(told.eventTime, at.now) }, at.newId(), at);
  const draft = await withPartyFound(at, { ...taken, caseWish: told.caseWish ?? null });
  const { interaction, stored } = await recordContact(at, {
    draft,
    keys: threadKeys.length > 0 ? threadKeys : threadKeysOf(draft),
    leadingKeys,
    conversationId: told.conversationId.toLowerCase() || null,
  });
  return { interactionId: interaction.interactionId, stored };
}

/** The clock of who wrote may be ahead of ours. */
const notAhead = (told: Date | undefined, now: Date) => (told && told < now ? told : now);
