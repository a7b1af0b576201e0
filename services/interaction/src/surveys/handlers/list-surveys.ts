import type {
  ListSurveysRequest,
  ListSurveysResponse,
} from "@guanxi/contract/guanxi/interaction/v1/survey_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { presentSurvey } from "../present.ts";
import { surveyFields, surveys } from "../surveys.ts";

export const listSurveys = query<ListSurveysRequest, ListSurveysResponse>(async (request, at) => {
  const { items, nextPageToken } = await list(at, surveys, {
    request,
    catalogue: surveyFields,
    orders: ["create_time", "update_time", "display_name"],
  });
  return { surveys: items.map(presentSurvey), nextPageToken };
});
