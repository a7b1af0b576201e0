import type { Survey } from "@guanxi/contract/guanxi/interaction/v1/survey";
import { SurveyPaused } from "@guanxi/contract/guanxi/interaction/v1/survey_events";
import type { PauseSurveyRequest } from "@guanxi/contract/guanxi/interaction/v1/survey_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { presentSurvey } from "../present.ts";
import { pause } from "../survey.ts";
import { surveys } from "../surveys.ts";

export const pauseSurvey = command<PauseSurveyRequest, Survey>(async ({ surveyId, etag }, at) => {
  const before = await lock(at, surveys, surveyId);
  matchEtag(before, etag);
  const after = pause(before, at.now);
  if (after === before) return presentSurvey(before);
  return presentSurvey(record(at, surveys, after, SurveyPaused));
});
