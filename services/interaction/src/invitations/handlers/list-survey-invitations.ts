import type {
  ListSurveyInvitationsRequest,
  ListSurveyInvitationsResponse,
} from "@guanxi/contract/guanxi/interaction/v1/survey_invitation_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { invitationFields, invitations } from "../invitations.ts";
import { presentInvitation } from "../present.ts";

export const listSurveyInvitations = query<ListSurveyInvitationsRequest, ListSurveyInvitationsResponse>(
  async (request, at) => {
    const { items, nextPageToken } = await list(at, invitations, {
      request,
      catalogue: invitationFields,
      orders: ["create_time", "update_time"],
    });
    return { surveyInvitations: items.map(presentInvitation), nextPageToken };
  },
);
