import type {
  ContactSummary,
  GetContactSummaryRequest,
} from "@guanxi/contract/guanxi/interaction/v1/interaction_service";
import { query } from "@guanxi/kit/handler";
import { present as presentConversation } from "../../conversations/present.ts";
import { bouncedOf } from "../../messages/bounced-addresses.ts";
import { lastContacts, lastTeaching, openConversations } from "../contact-summary.ts";
import { present } from "../present.ts";

const USUAL = 20;

export const getContactSummary = query<GetContactSummaryRequest, ContactSummary>(
  async ({ customerId, size }, at) => {
    const [last, open, taught, bounced] = await Promise.all([
      lastContacts(at, customerId, size || USUAL),
      openConversations(at, customerId),
      lastTeaching(at, customerId),
      bouncedOf(at, customerId),
    ]);
    return {
      customerId,
      interactions: last.map(present),
      openConversations: open.map(presentConversation),
      waitingSinceTime: open[0]?.waitingSinceTime ?? undefined,
      learnedFacts: taught.flatMap(({ interactionId, eventTime, learned }) =>
        (learned?.facts ?? []).map((fact) => ({ fact, interactionId, eventTime })),
      ),
      bouncedAddresses: bounced.map((row) => ({ ...row, contactId: row.contactId ?? "" })),
    };
  },
);
