import type { SurveyRun } from "@guanxi/contract/guanxi/interaction/v1/survey";
import type { GetSurveyRunRequest } from "@guanxi/contract/guanxi/interaction/v1/survey_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { presentRun } from "../present.ts";
import { surveyRuns } from "../survey-runs.ts";

export const getSurveyRun = query<GetSurveyRunRequest, SurveyRun>(async ({ surveyRunId }, at) =>
  presentRun(await get(at, surveyRuns, surveyRunId)),
);
