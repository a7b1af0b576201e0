// Who took part in a contact.
import { requireCustomer } from "@guanxi/directory/require-customer";
import type { At } from "@guanxi/kit/at";
import { get } from "@guanxi/kit/store";
import { actingUser, requireUser } from "@guanxi/kit/users";
import { conversations } from "../conversations/conversations.ts";
import { otherCustomer, requireContact } from "../known-contacts.ts";
import { partyAt } from "../projections/addresses.ts";
import type { InteractionState } from "./interaction-state.ts";

/** With the caller where no other user of ours is named, and with whoever is behind the address where nobody is. */
export async function withParties(
  at: At,
  draft: InteractionState,
  conversationId: string,
): Promise<InteractionState> {
  if (conversationId) await requireNoOthers(at, conversationId, draft.customerId);
  const [known] = await Promise.all([
    withPartyFound(at, draft),
    requireCustomer(at, draft.customerId ?? "", "interaction.customer_id"),
    requireContact(at, draft.contactId ?? "", "interaction.contact_id"),
    requireUser(at, draft.userId ?? "", "interaction.user_id"),
  ]);
  if (draft.userId || draft.automatic) return known;
  return { ...known, userId: actingUser(at) || null };
}

async function requireNoOthers(at: At, conversationId: string, said: string | null): Promise<void> {
  const { customerId } = await get(at, conversations, conversationId);
  if (customerId && said && customerId !== said) throw otherCustomer("the conversation");
}

/** With whoever is behind the address, where nobody is named. */
export async function withPartyFound(at: At, draft: InteractionState): Promise<InteractionState> {
  if (draft.customerId) return draft;
  const { customerId, contactId } = await partyAt(at, draft.channel, draft.partyAddress);
  return { ...draft, customerId, contactId: draft.contactId ?? contactId };
}
