import { SurveyInvitationSent } from "@guanxi/contract/guanxi/interaction/v1/survey_invitation_events";
import type { At } from "@guanxi/kit/at";
import { lock, record } from "@guanxi/kit/store";
import { sent } from "./invitation.ts";
import { invitationOfMessage, invitations } from "./invitations.ts";

/** The purpose of the mails of surveys, by which consent is asked for. */
export const SURVEY = "survey";

/** For whoever records that a message with this purpose has left the house. */
export async function noteSurveySent(at: At, interactionId: string): Promise<void> {
  const id = await invitationOfMessage(at, interactionId);
  if (id === undefined) return;
  const before = await lock(at, invitations, id);
  const after = sent(before, at.now);
  if (after !== before) record(at, invitations, after, SurveyInvitationSent);
}
