import type { Survey } from "@guanxi/contract/guanxi/interaction/v1/survey";
import { SurveyClosed } from "@guanxi/contract/guanxi/interaction/v1/survey_events";
import type { CloseSurveyRequest } from "@guanxi/contract/guanxi/interaction/v1/survey_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { presentSurvey } from "../present.ts";
import { close } from "../survey.ts";
import { surveys } from "../surveys.ts";

export const closeSurvey = command<CloseSurveyRequest, Survey>(async ({ surveyId, etag }, at) => {
  const before = await lock(at, surveys, surveyId);
  matchEtag(before, etag);
  const after = close(before, at.now);
  if (after === before) return presentSurvey(before);
  return presentSurvey(record(at, surveys, after, SurveyClosed));
});
