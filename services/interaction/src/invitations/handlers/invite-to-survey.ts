import type {
  InviteToSurveyRequest,
  InviteToSurveyResponse,
} from "@guanxi/contract/guanxi/interaction/v1/survey_invitation_service";
import { customers } from "@guanxi/directory/customers";
import { command } from "@guanxi/kit/handler";
import type { At } from "@guanxi/kit/at";
import { refuse } from "@guanxi/kit/refuse";
import { find, get } from "@guanxi/kit/store";
import { archivedOf } from "../../projections/customers.ts";
import { requireActive } from "../../surveys/survey.ts";
import { surveys } from "../../surveys/surveys.ts";
import { askAll } from "../ask.ts";
import { NO_SUBJECT } from "../invitation.ts";
import { invitations } from "../invitations.ts";
import { presentInvitation } from "../present.ts";

export const inviteToSurvey = (surveyUrl: string | undefined) =>
  command<InviteToSurveyRequest, InviteToSurveyResponse>(async (request, at) => {
    const survey = await get(at, surveys, request.surveyId);
    requireActive(survey);
    const customerIds = request.customerIds.map((id) => id.toLowerCase());
    await requireCustomers(at, customerIds);
    const subject = {
      ...NO_SUBJECT,
      productId: request.productId.toLowerCase() || null,
      agentId: request.agentId.toLowerCase() || null,
    };
    const { invitationIds, counts } = await askAll(
      at,
      survey,
      customerIds.map((customerId) => ({
        ...subject,
        customerId,
        occasionKey: `by_hand/${request.occasion}/${customerId}`,
      })),
      surveyUrl,
    );
    const invited = await get(at, invitations, invitationIds);
    return { surveyInvitations: invited.map(presentInvitation), ...counts };
  });

async function requireCustomers(at: At, customerIds: readonly string[]): Promise<void> {
  const known = new Set((await find(at, customers, customerIds)).map(({ customerId }) => customerId));
  const archived = await archivedOf(at, customerIds);
  const among = (isMeant: (id: string) => boolean, description: string, reason: string) =>
    customerIds.flatMap((id, index) =>
      isMeant(id) ? [{ field: `customer_ids[${index}]`, description, reason }] : [],
    );
  const unknown = among((id) => !known.has(id), "is no customer here", "UNKNOWN_CUSTOMER");
  if (unknown.length > 0)
    throw refuse("invalid", "UNKNOWN_CUSTOMER", "Not all of these are customers here.", unknown);
  const gone = among((id) => archived.has(id), "is archived", "CUSTOMER_ARCHIVED");
  if (gone.length > 0)
    throw refuse(
      "invalid",
      "CUSTOMER_ARCHIVED",
      "Customers who are archived are not asked: leave them out.",
      gone,
    );
}
