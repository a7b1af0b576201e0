import type { Survey } from "@guanxi/contract/guanxi/interaction/v1/survey";
import { SurveyCreated } from "@guanxi/contract/guanxi/interaction/v1/survey_events";
import type { CopySurveyRequest } from "@guanxi/contract/guanxi/interaction/v1/survey_service";
import { command } from "@guanxi/kit/handler";
import { get, record } from "@guanxi/kit/store";
import { presentSurvey } from "../present.ts";
import { copyOf } from "../survey.ts";
import { surveys } from "../surveys.ts";

export const copySurvey = command<CopySurveyRequest, Survey>(async ({ surveyId, displayName }, at) => {
  const survey = await get(at, surveys, surveyId);
  const copy = copyOf(survey, { surveyId: at.newId(), displayName, now: at.now });
  return presentSurvey(record(at, surveys, copy, SurveyCreated));
});
