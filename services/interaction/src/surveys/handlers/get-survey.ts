import type { Survey } from "@guanxi/contract/guanxi/interaction/v1/survey";
import type { GetSurveyRequest } from "@guanxi/contract/guanxi/interaction/v1/survey_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { presentSurvey } from "../present.ts";
import { surveys } from "../surveys.ts";

export const getSurvey = query<GetSurveyRequest, Survey>(async ({ surveyId }, at) =>
  presentSurvey(await get(at, surveys, surveyId)),
);
