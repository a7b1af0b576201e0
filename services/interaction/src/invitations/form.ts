// What whoever holds the link of a mail may do: they have no token of ours, so the link says which company it is.
import type { Context } from "@guanxi/bus/app";
import { SurveyInvitationOpened } from "@guanxi/contract/guanxi/interaction/v1/survey_invitation_events";
import type { At } from "@guanxi/kit/at";
import { Refusal, refuse } from "@guanxi/kit/refuse";
import { find, get, lock, record } from "@guanxi/kit/store";
import { tenantSettings } from "@guanxi/kit/tenants";
import type { SurveyState } from "../surveys/survey-state.ts";
import { surveys } from "../surveys/surveys.ts";
import { opened, requireAnswerable } from "./invitation.ts";
import type { InvitationState } from "./invitation-state.ts";
import { invitationOfToken, invitations } from "./invitations.ts";
import { hashOf, tenantOf } from "./link.ts";

type Acts = Pick<Context, "db" | "act">;

/** One transaction in the name of whoever holds the link. */
export function linkHolder({ db, act }: Acts) {
  const settingsOf = tenantSettings(db);
  return async <T>(token: string, work: (at: At, held: Held) => Promise<T>): Promise<T> => {
    const tenantId = tenantOf(token);
    if (tenantId === undefined) throw unknownLink();
    const { timeZone, currencyCode } = await settingsOf(tenantId).catch(hideTenant);
    const principal = {
      kind: "service",
      id: "interaction/survey-link",
      name: "interaction/survey-link",
    } as const;
    const as = { tenantId, timeZone, currencyCode, principal, actor: principal.id };
    return act(as, async (at) => work(at, await held(at, token)));
  };
}

export interface Held {
  readonly invitation: InvitationState;
  readonly survey: SurveyState;
}

async function held(at: At, token: string): Promise<Held> {
  const id = await invitationOfToken(at, hashOf(token));
  if (id === undefined) throw unknownLink();
  const invitation = await lock(at, invitations, id);
  const [survey] = await find(at, surveys, [invitation.surveyId]);
  requireAnswerable(invitation, survey!, at.now);
  return { invitation, survey: survey! };
}

/** Looked at for the first time, or already. */
export function noteOpened(at: At, before: InvitationState): void {
  const after = opened(before, at.now);
  if (after !== before) record(at, invitations, after, SurveyInvitationOpened);
}

/** Whether there is such a company is nobody's business. */
function hideTenant(error: unknown): never {
  throw error instanceof Refusal && error.reason === "UNKNOWN_TENANT" ? unknownLink() : error;
}

const unknownLink = () => refuse("notFound", "UNKNOWN_LINK", "There is nothing behind this link.");

/** For agents: the invitation and what it asks. */
export async function lockAnswerable(at: At, invitationId: string): Promise<Held> {
  const invitation = await lock(at, invitations, invitationId);
  const survey = await get(at, surveys, invitation.surveyId);
  requireAnswerable(invitation, survey, at.now);
  return { invitation, survey };
}
