import {
  type Survey,
  Survey_State,
  Survey_Trigger,
  type SurveyRun,
  SurveyRun_State,
} from "@guanxi/contract/guanxi/interaction/v1/survey";
import {
  type SurveyQuestion,
  SurveyQuestion_Kind,
} from "@guanxi/contract/guanxi/interaction/v1/survey_question";
import { dateOf, dateOrNone } from "@guanxi/kit/days";
import { numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import type { StoredQuestion, SurveyRunState, SurveyState } from "./survey-state.ts";

/** The whole public state, as events carry it. */
export const presentSurvey = (survey: SurveyState): Survey => ({
  surveyId: survey.surveyId,
  displayName: survey.displayName,
  questions: survey.questions.map(presentQuestion),
  texts: survey.texts.map((text) => ({ ...text, questions: { ...text.questions } })),
  languageCode: survey.languageCode,
  state: numberOf(Survey_State, survey.state),
  trigger: numberOf(Survey_Trigger, survey.trigger),
  intervalDays: survey.intervalDays,
  startDate: dateOrNone(survey.startDate),
  sendHour: survey.sendHour,
  samplePercent: survey.samplePercent,
  fatigueDays: survey.fatigueDays,
  validDays: survey.validDays,
  recoveryScore: survey.recoveryScore ?? undefined,
  topic: survey.topic,
  nextRunTime: survey.nextRunTime ?? undefined,
  activateTime: survey.activateTime ?? undefined,
  copiedFromSurveyId: survey.copiedFromId ?? "",
  createTime: survey.createTime,
  updateTime: survey.updateTime,
  etag: etagOf(survey),
});

export const presentQuestion = (question: StoredQuestion): SurveyQuestion => ({
  ...question,
  kind: numberOf(SurveyQuestion_Kind, question.kind),
  choices: [...question.choices],
});

export const presentRun = (run: SurveyRunState): SurveyRun => ({
  surveyRunId: run.surveyRunId,
  surveyId: run.surveyId,
  state: numberOf(SurveyRun_State, run.state),
  runDate: dateOf(run.runDate),
  visited: BigInt(run.visited),
  asked: BigInt(run.asked),
  sampledOut: BigInt(run.sampledOut),
  fatigued: BigInt(run.fatigued),
  noConsent: BigInt(run.noConsent),
  unreachable: BigInt(run.unreachable),
  createTime: run.createTime,
  endTime: run.endTime ?? undefined,
  updateTime: run.updateTime,
  etag: etagOf(run),
});
