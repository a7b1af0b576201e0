// What figures want to know of a feedback.
import {
  type Feedback,
  Feedback_Source,
  Feedback_State,
} from "@guanxi/contract/guanxi/interaction/v1/feedback";
import { SurveyInvitation_Standing } from "@guanxi/contract/guanxi/interaction/v1/survey_invitation";
import type { State } from "@guanxi/kit/columns";
import { dayOf } from "@guanxi/kit/days";
import { type NameOf, nameOf } from "@guanxi/kit/enum-names";
import { judge, type PromiseState } from "../measures/promise.ts";

export interface FeedbackFact extends State {
  readonly feedbackId: string;
  readonly source: NameOf<typeof Feedback_Source> | "";
  readonly state: NameOf<typeof Feedback_State> | "";
  readonly topic: string | null;
  readonly score: number | null;
  readonly standing: NameOf<typeof SurveyInvitation_Standing> | null;
  readonly customerId: string | null;
  readonly caseId: string | null;
  readonly productId: string | null;
  readonly ownerId: string | null;
  readonly eventDate: string;
  readonly deadlineTime: Date | null;
  readonly responseTime: Date | null;
  readonly resolveTime: Date | null;
  readonly closeTime: Date | null;
  readonly escalateTime: Date | null;
  readonly resolutionState: PromiseState | null;
  readonly resolutionJudgeTime: Date | null;
  readonly responseSeconds: bigint | null;
}

export function feedbackFactOf(feedback: Feedback, version: number): FeedbackFact {
  const { feedbackId, eventDate, score } = feedback;
  if (!eventDate) throw new Error(`the feedback ${feedbackId} has no day`);
  return {
    ...aboutOf(feedback),
    ...timesOf(feedback),
    feedbackId,
    score: score ?? null,
    eventDate: dayOf(eventDate),
    version,
  };
}

const aboutOf = (feedback: Feedback) => ({
  source: nameOf(Feedback_Source, feedback.source) ?? ("" as const),
  state: nameOf(Feedback_State, feedback.state) ?? ("" as const),
  standing: nameOf(SurveyInvitation_Standing, feedback.standing),
  topic: feedback.topic || null,
  customerId: feedback.customerId || null,
  caseId: feedback.caseId || null,
  productId: feedback.productId || null,
  ownerId: feedback.ownerId || null,
});

function timesOf({ deadlineTime, responseTime, resolveTime, closeTime, escalateTime, eventTime }: Feedback) {
  const { state, judgeTime } = judge(deadlineTime, resolveTime ?? closeTime);
  const waited = responseTime && eventTime ? responseTime.getTime() - eventTime.getTime() : null;
  return {
    deadlineTime: deadlineTime ?? null,
    responseTime: responseTime ?? null,
    resolveTime: resolveTime ?? null,
    closeTime: closeTime ?? null,
    escalateTime: escalateTime ?? null,
    resolutionState: state,
    resolutionJudgeTime: judgeTime,
    responseSeconds: waited === null ? null : BigInt(Math.round(waited / 1000)),
  };
}
