// What a survey is and how it may change.
import { isDeepStrictEqual } from "node:util";
import { type Survey, Survey_Trigger, type SurveyText } from "@guanxi/contract/guanxi/interaction/v1/survey";
import {
  type SurveyQuestion,
  SurveyQuestion_Kind,
} from "@guanxi/contract/guanxi/interaction/v1/survey_question";
import { dayOf, isDay } from "@guanxi/kit/days";
import { nameOf } from "@guanxi/kit/enum-names";
import { refuse, type Violation } from "@guanxi/kit/refuse";
import { hasScale, USUAL } from "./scales.ts";
import { nextRun } from "./schedule.ts";
import type { StoredQuestion, StoredText, SurveyState } from "./survey-state.ts";

const DEFAULTS = { languageCode: "zh-CN", sendHour: 9, samplePercent: 100, validDays: 30 };

export function draft(sent: Survey, surveyId: string, now: Date): SurveyState {
  return {
    surveyId,
    ...particulars(sent),
    state: "DRAFT",
    nextRunTime: null,
    activateTime: null,
    copiedFromId: null,
    createTime: now,
    updateTime: now,
    version: 0,
  };
}

export interface CopySetting {
  readonly surveyId: string;
  readonly displayName: string;
  readonly now: Date;
}

export const copyOf = (survey: SurveyState, { surveyId, displayName, now }: CopySetting): SurveyState => ({
  ...survey,
  surveyId,
  displayName,
  state: "DRAFT",
  nextRunTime: null,
  activateTime: null,
  copiedFromId: survey.surveyId,
  createTime: now,
  updateTime: now,
  version: 0,
});

export interface Clock {
  readonly now: Date;
  readonly timeZone: string;
}

export function change(survey: SurveyState, sent: Survey, clock: Clock): SurveyState {
  requireNotClosed(survey);
  const after = { ...survey, ...particulars(sent), updateTime: clock.now };
  if (survey.state !== "DRAFT" && !isDeepStrictEqual(after.questions, survey.questions))
    throw refuse(
      "precondition",
      "SURVEY_FIXED",
      "The survey has been activated: copy it to ask other questions.",
    );
  return { ...after, nextRunTime: after.state === "ACTIVE" ? runAfter(after, clock) : null };
}

/** The same survey where it is so already. */
export function activate(survey: SurveyState, clock: Clock): SurveyState {
  requireNotClosed(survey);
  if (survey.state === "ACTIVE") return survey;
  const { now } = clock;
  return {
    ...survey,
    state: "ACTIVE",
    activateTime: survey.activateTime ?? now,
    nextRunTime: runAfter(survey, clock),
    updateTime: now,
  };
}

export function pause(survey: SurveyState, now: Date): SurveyState {
  if (survey.state === "PAUSED") return survey;
  if (survey.state !== "ACTIVE")
    throw refuse(
      "precondition",
      "ILLEGAL_MOVE",
      `The survey is ${survey.state}: only an ACTIVE one is paused.`,
    );
  return { ...survey, state: "PAUSED", nextRunTime: null, updateTime: now };
}

export const close = (survey: SurveyState, now: Date): SurveyState =>
  survey.state === "CLOSED" ? survey : { ...survey, state: "CLOSED", nextRunTime: null, updateTime: now };

/** Null where it is not sent by the calendar. */
export const runAfter = ({ startDate, ...survey }: SurveyState, { now, timeZone }: Clock): Date | null =>
  survey.trigger === "SCHEDULED" && startDate ? nextRun({ ...survey, startDate }, timeZone, now) : null;

export function requireActive({ state }: SurveyState): void {
  if (state !== "ACTIVE")
    throw refuse("precondition", "SURVEY_NOT_ACTIVE", `The survey is ${state}: activate it first.`);
}

function requireNotClosed({ state }: SurveyState): void {
  if (state === "CLOSED")
    throw refuse("precondition", "SURVEY_CLOSED", "The survey is closed: copy it to ask again.");
}

/** What Create and Update have in common. */
function particulars(sent: Survey) {
  const questions = sent.questions.map(questionOf);
  const violations = [
    ...questions.flatMap(questionViolations),
    ...codeViolations(questions),
    ...textViolations(sent.texts, questions),
    ...scheduleViolations(sent),
  ];
  if (violations.length > 0) throw invalid(violations);
  return {
    displayName: sent.displayName,
    questions,
    texts: sent.texts.map(textOf),
    languageCode: sent.languageCode || DEFAULTS.languageCode,
    trigger: nameOf(Survey_Trigger, sent.trigger)!,
    intervalDays: sent.intervalDays,
    startDate: sent.startDate ? dayOf(sent.startDate) : null,
    sendHour: sent.sendHour ?? DEFAULTS.sendHour,
    samplePercent: sent.samplePercent ?? DEFAULTS.samplePercent,
    fatigueDays: sent.fatigueDays,
    validDays: sent.validDays || DEFAULTS.validDays,
    recoveryScore: sent.recoveryScore ?? null,
    topic: sent.topic,
  };
}

function questionOf({
  code,
  kind: number,
  text,
  choices,
  required,
  ...sent
}: SurveyQuestion): StoredQuestion {
  const kind = nameOf(SurveyQuestion_Kind, number)!;
  const isUnsaid = sent.scaleMin === 0 && sent.scaleMax === 0;
  const [scaleMin, scaleMax] = (isUnsaid && USUAL[kind]) || [sent.scaleMin, sent.scaleMax];
  return { code, kind, text, scaleMin, scaleMax, choices: [...choices], required };
}

function questionViolations(question: StoredQuestion, index: number): Violation[] {
  const field = `survey.questions[${index}]`;
  const { kind, scaleMin, scaleMax, choices } = question;
  const hasEnds = scaleMin !== 0 || scaleMax !== 0;
  const found: Violation[] = [];
  if (hasScale(question) && scaleMin >= scaleMax)
    found.push({ field: `${field}.scale_max`, description: "must be above scale_min", reason: "SCALE" });
  if (kind === "NPS" && scaleMax - scaleMin < 5)
    found.push({
      field: `${field}.scale_max`,
      description: "leaves no room for detractors: NPS needs a scale of six or more values",
      reason: "SCALE",
    });
  if (!hasScale(question) && hasEnds)
    found.push({ field: `${field}.scale_max`, description: `must be left out for ${kind}`, reason: "SCALE" });
  if ((kind === "CHOICE") !== choices.length > 0)
    found.push({
      field: `${field}.choices`,
      description: "belong to CHOICE, and to nothing else",
      reason: "CHOICES",
    });
  return found;
}

function codeViolations(questions: readonly StoredQuestion[]): Violation[] {
  const codes = questions.map(({ code }) => code);
  return codes.flatMap((code, index) =>
    codes.indexOf(code) < index
      ? [
          {
            field: `survey.questions[${index}].code`,
            description: "is another question's too",
            reason: "CODE_TAKEN",
          },
        ]
      : [],
  );
}

function textViolations(texts: readonly SurveyText[], questions: readonly StoredQuestion[]): Violation[] {
  const codes = new Set(questions.map(({ code }) => code));
  const languages = texts.map(({ languageCode }) => languageCode);
  return texts.flatMap((text, index) => [
    ...(languages.indexOf(text.languageCode) < index
      ? [{ field: `survey.texts[${index}].language_code`, description: "must not repeat one" }]
      : []),
    ...Object.keys(text.questions)
      .filter((code) => !codes.has(code))
      .map((code) => ({
        field: `survey.texts[${index}].questions`,
        description: `names ${code}, which is no question`,
      })),
  ]);
}

function scheduleViolations({ trigger, intervalDays, startDate }: Survey): Violation[] {
  const found: Violation[] = [];
  if (startDate && !isDay(startDate))
    found.push({
      field: "survey.start_date",
      description: "must be a day of the calendar",
      reason: "INVALID_DATE",
    });
  if (trigger !== Survey_Trigger.SCHEDULED) return found;
  if (intervalDays < 1)
    found.push({ field: "survey.interval_days", description: "must be at least 1 for SCHEDULED" });
  if (!startDate) found.push({ field: "survey.start_date", description: "is needed for SCHEDULED" });
  return found;
}

const textOf = ({ languageCode, subject, introduction, thanks, questions }: SurveyText): StoredText => ({
  languageCode,
  subject,
  introduction,
  thanks,
  questions: { ...questions },
});

export const invalid = (violations: readonly Violation[]) =>
  refuse("invalid", "INVALID_REQUEST", "The request does not keep the rules.", violations);
