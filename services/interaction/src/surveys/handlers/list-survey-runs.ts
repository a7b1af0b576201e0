import type {
  ListSurveyRunsRequest,
  ListSurveyRunsResponse,
} from "@guanxi/contract/guanxi/interaction/v1/survey_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { presentRun } from "../present.ts";
import { ofSurvey, runFields, surveyRuns } from "../survey-runs.ts";

export const listSurveyRuns = query<ListSurveyRunsRequest, ListSurveyRunsResponse>(async (request, at) => {
  const { items, nextPageToken } = await list(at, surveyRuns, {
    request,
    catalogue: runFields,
    orders: ["create_time"],
    where: [ofSurvey(request.surveyId.toLowerCase())],
  });
  return { surveyRuns: items.map(presentRun), nextPageToken };
});
