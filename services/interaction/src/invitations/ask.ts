// Who is asked: once for an occasion, seldom enough, and only where they may be reached.
import { SurveyInvited } from "@guanxi/contract/guanxi/interaction/v1/survey_invitation_events";
import type { At } from "@guanxi/kit/at";
import { record } from "@guanxi/kit/store";
import { policyOf } from "../feedback/policies.ts";
import { planMessage } from "../messages/plan-message.ts";
import { isSampled } from "../surveys/sampling.ts";
import { requireSurveyUrl } from "../surveys/settings.ts";
import type { RunCounts, SurveyState } from "../surveys/survey-state.ts";
import { type Asked, invitation, suppressed } from "./invitation.ts";
import type { InvitationState } from "./invitation-state.ts";
import { holdCustomers, invitations, invitationsOf, lastAsks } from "./invitations.ts";
import { isTooSoon } from "./fatigue.ts";
import { letterOf } from "./letter.ts";
import { hashOf, linkOf, newToken } from "./link.ts";
import { SURVEY } from "./note-sent.ts";

export interface AskedAll {
  /** Those of before, too. */
  readonly invitationIds: readonly string[];
  /** With alreadyInvited, as many as were to be asked. */
  readonly counts: RunCounts & { readonly alreadyInvited: number };
}

/** `surveyUrl` is the address that the link of a mail begins with. */
export async function askAll(
  at: At,
  survey: SurveyState,
  asked: readonly Asked[],
  surveyUrl: string | undefined,
): Promise<AskedAll> {
  const { surveyId, samplePercent } = survey;
  const sample = asked.filter((each) => isSampled({ surveyId, ...each }, samplePercent));
  const customerIds = sample.map(({ customerId }) => customerId);
  await holdCustomers(at, customerIds);
  const [before, last, policy] = await Promise.all([
    invitationsOf(
      at,
      surveyId,
      asked.map(({ occasionKey }) => occasionKey),
    ),
    lastAsks(at, customerIds),
    policyOf(at),
  ]);
  const limitDays = Math.max(survey.fatigueDays, policy.surveyFatigueDays);
  const fresh = sample.filter(({ occasionKey }) => !before.has(occasionKey));
  const made = await Promise.all(
    fresh.map(async (each) => {
      const begun = invitation(survey, each, { id: at.newId(), now: at.now });
      const lastAsk = last.get(each.customerId);
      return lastAsk && isTooSoon(lastAsk, limitDays, at)
        ? suppressed(begun, "FATIGUE")
        : planned(at, survey, begun, surveyUrl);
    }),
  );
  record(at, invitations, made, SurveyInvited);
  return {
    invitationIds: [...before.values(), ...made.map(({ surveyInvitationId }) => surveyInvitationId)],
    counts: countsOf(made, { alreadyInvited: before.size, all: asked.length }),
  };
}

/** With the mail on its way, or why there is none. */
async function planned(
  at: At,
  survey: SurveyState,
  begun: InvitationState,
  surveyUrl: string | undefined,
): Promise<InvitationState> {
  const token = newToken(at.tenantId);
  const outcome = await planMessage(at, {
    ...letterOf(survey, linkOf(requireSurveyUrl(surveyUrl), token)),
    customerId: begun.customerId!,
    ...(begun.contactId && { contactId: begun.contactId }),
    purpose: SURVEY,
    causeKey: `survey/${begun.surveyInvitationId}`,
    automatic: true,
  });
  if ("interactionId" in outcome)
    return { ...begun, tokenHash: hashOf(token), messageId: outcome.interactionId };
  return suppressed(begun, outcome.reason === "MESSAGE_UNWANTED" ? "NO_CONSENT" : "UNREACHABLE");
}

interface Rest {
  readonly alreadyInvited: number;
  readonly all: number;
}

function countsOf(made: readonly InvitationState[], { alreadyInvited, all }: Rest): AskedAll["counts"] {
  const of = (reason: InvitationState["suppressReason"]) =>
    made.filter(({ suppressReason }) => suppressReason === reason).length;
  return {
    asked: of(null),
    fatigued: of("FATIGUE"),
    noConsent: of("NO_CONSENT"),
    unreachable: of("UNREACHABLE"),
    alreadyInvited,
    sampledOut: all - made.length - alreadyInvited,
  };
}
