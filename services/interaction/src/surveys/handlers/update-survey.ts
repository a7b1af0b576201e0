import { isDeepStrictEqual } from "node:util";
import { Survey } from "@guanxi/contract/guanxi/interaction/v1/survey";
import { SurveyChanged } from "@guanxi/contract/guanxi/interaction/v1/survey_events";
import type { UpdateSurveyRequest } from "@guanxi/contract/guanxi/interaction/v1/survey_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lock, record } from "@guanxi/kit/store";
import { presentSurvey } from "../present.ts";
import { watchSchedule } from "../runs.ts";
import { change } from "../survey.ts";
import { surveys } from "../surveys.ts";

export const updateSurvey = command<UpdateSurveyRequest, Survey>(async (request, at) => {
  const { survey: sent, etag, updateMask } = request;
  const before = await lock(at, surveys, sent?.surveyId ?? "");
  requireEtag(before, etag);
  const merged = at.check(Survey, merge(Survey, presentSurvey(before), sent, updateMask), "survey");
  const after = change(before, merged, at);
  if (isDeepStrictEqual({ ...after, updateTime: before.updateTime }, before)) return presentSurvey(before);
  const kept = record(at, surveys, after, SurveyChanged);
  watchSchedule(at, kept);
  return presentSurvey(kept);
});
