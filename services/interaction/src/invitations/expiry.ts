// The end of the time to answer.
import type { Job } from "@guanxi/bus/app";
import { enqueue } from "@guanxi/bus/enqueue";
import { SurveyInvitationExpired } from "@guanxi/contract/guanxi/interaction/v1/survey_invitation_events";
import type { At } from "@guanxi/kit/at";
import { find, lock, record } from "@guanxi/kit/store";
import { surveys } from "../surveys/surveys.ts";
import { expired } from "./invitation.ts";
import { invitations, nextExpiry, overdueInvitations } from "./invitations.ts";

/** The job of a survey, from its activation on; its subject is the survey's id. */
const SURVEY_EXPIRY = "survey expiry";
const BATCH = 200;
/** Nothing is valid for less than a day, so whoever looks each hour knows of every end before it comes. */
const LOOK_MS = 3_600_000;

export const watchExpiry = (at: At, surveyId: string): void =>
  enqueue(at, SURVEY_EXPIRY, surveyId, new Date(at.now.getTime() + LOOK_MS));

export const surveyExpiryJob: Job = {
  name: SURVEY_EXPIRY,
  async run({ tenantId, subjectId, signal }, { settingsOf, act }) {
    const { timeZone, currencyCode } = await settingsOf(tenantId);
    const as = { tenantId, timeZone, currencyCode, actor: "interaction/surveys" };
    while ((await act(as, (at) => expireSome(at, subjectId))) === BATCH) signal.throwIfAborted();
    const again = await act(as, (at) => lookAgain(at, subjectId));
    return again && { again };
  },
};

async function expireSome(at: At, surveyId: string): Promise<number> {
  const ids = await overdueInvitations(at, surveyId, at.now, BATCH);
  const before = await lock(at, invitations, ids);
  const after = before.map((each) => expired(each, at.now));
  const changed = after.filter((each, index) => each !== before[index]);
  record(at, invitations, changed, SurveyInvitationExpired);
  return ids.length;
}

async function lookAgain(at: At, surveyId: string): Promise<Date | undefined> {
  const [[survey], next] = await Promise.all([find(at, surveys, [surveyId]), nextExpiry(at, surveyId)]);
  if (!survey || (survey.state === "CLOSED" && !next)) return undefined;
  return new Date(Math.min(next?.getTime() ?? Infinity, at.now.getTime() + LOOK_MS));
}
