import type {
  AnswerFact as Listed,
  ListAnswerFactsRequest,
  ListAnswerFactsResponse,
} from "@guanxi/contract/guanxi/analytics/v1/satisfaction_figure_service";
import { SurveyQuestion_Kind } from "@guanxi/contract/guanxi/interaction/v1/survey_question";
import { dateOf } from "@guanxi/kit/days";
import { numberOf } from "@guanxi/kit/enum-names";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { type SeenAnswer, seenAnswers } from "../seen-answers.ts";
import { answerFields } from "../answer-fields.ts";

export const listAnswerFacts = query<ListAnswerFactsRequest, ListAnswerFactsResponse>(async (request, at) => {
  const { items, nextPageToken } = await list(at, seenAnswers, {
    request,
    catalogue: answerFields,
    orders: ["answer_id", "answer_date"],
  });
  return { answerFacts: items.map(present), nextPageToken };
});

const present = (seen: SeenAnswer): Listed => ({
  answerId: seen.answerId,
  surveyInvitationId: seen.surveyInvitationId,
  surveyId: seen.surveyId ?? "",
  questionCode: seen.questionCode,
  questionKind: numberOf(SurveyQuestion_Kind, seen.questionKind || null),
  scaleMin: seen.scaleMin,
  scaleMax: seen.scaleMax,
  score: seen.score,
  customerId: seen.customerId ?? "",
  caseId: seen.caseId ?? "",
  productId: seen.productId ?? "",
  agentId: seen.agentId ?? "",
  answerDate: dateOf(seen.answerDate),
});
