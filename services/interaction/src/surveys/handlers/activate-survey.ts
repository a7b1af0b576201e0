import type { Survey } from "@guanxi/contract/guanxi/interaction/v1/survey";
import { SurveyActivated } from "@guanxi/contract/guanxi/interaction/v1/survey_events";
import type { ActivateSurveyRequest } from "@guanxi/contract/guanxi/interaction/v1/survey_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { watchExpiry } from "../../invitations/expiry.ts";
import { presentSurvey } from "../present.ts";
import { watchSchedule } from "../runs.ts";
import { requireSurveyUrl } from "../settings.ts";
import { activate } from "../survey.ts";
import { surveys } from "../surveys.ts";

export const activateSurvey = (surveyUrl: string | undefined) =>
  command<ActivateSurveyRequest, Survey>(async ({ surveyId, etag }, at) => {
    requireSurveyUrl(surveyUrl);
    const before = await lock(at, surveys, surveyId);
    matchEtag(before, etag);
    const after = activate(before, at);
    if (after === before) return presentSurvey(before);
    watchExpiry(at, surveyId);
    watchSchedule(at, after);
    return presentSurvey(record(at, surveys, after, SurveyActivated));
  });
