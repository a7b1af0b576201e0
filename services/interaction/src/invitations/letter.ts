// What a survey says, in the language of the reader.
import type { SurveyForm } from "@guanxi/contract/guanxi/interaction/v1/survey_invitation_service";
import { presentQuestion } from "../surveys/present.ts";
import type { StoredText, SurveyState } from "../surveys/survey-state.ts";

type Language = "zh-CN" | "en";

/** Where a survey says nothing of its own. */
const OURS: Readonly<Record<Language, Pick<StoredText, "subject" | "introduction" | "thanks">>> = {
  "zh-CN": {
    subject: "邀请您评价我们的服务",
    introduction: "您好!我们很想知道您的看法,只需一分钟。",
    thanks: "感谢您的反馈!",
  },
  en: {
    subject: "How did we do?",
    introduction: "Hello! We would like to know what you think; it takes a minute.",
    thanks: "Thank you for your answer!",
  },
};

const languageOf = (survey: SurveyState, asked: string): Language =>
  (asked || survey.languageCode).toLowerCase().startsWith("zh") ? "zh-CN" : "en";

function textsOf(survey: SurveyState, asked: string) {
  const language = languageOf(survey, asked);
  const own = survey.texts.find(({ languageCode }) => languageCode === language);
  const ours = OURS[language];
  return {
    subject: own?.subject || ours.subject,
    introduction: own?.introduction || ours.introduction,
    thanks: own?.thanks || ours.thanks,
    questions: own?.questions ?? {},
  };
}

export function letterOf(survey: SurveyState, link: string) {
  const { subject, introduction } = textsOf(survey, "");
  return { subject, body: `${introduction}\n\n${link}\n` };
}

export function formOf(survey: SurveyState, language: string, expireTime: Date | null): SurveyForm {
  const { subject, introduction, questions } = textsOf(survey, language);
  return {
    title: subject,
    introduction,
    questions: survey.questions.map((question) =>
      presentQuestion({ ...question, text: questions[question.code] || question.text }),
    ),
    expireTime: expireTime ?? undefined,
  };
}

export const thanksOf = (survey: SurveyState, language: string): string => textsOf(survey, language).thanks;
