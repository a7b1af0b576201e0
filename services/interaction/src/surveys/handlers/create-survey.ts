import { Survey } from "@guanxi/contract/guanxi/interaction/v1/survey";
import { SurveyCreated } from "@guanxi/contract/guanxi/interaction/v1/survey_events";
import type { CreateSurveyRequest } from "@guanxi/contract/guanxi/interaction/v1/survey_service";
import { command } from "@guanxi/kit/handler";
import { record } from "@guanxi/kit/store";
import { presentSurvey } from "../present.ts";
import { draft } from "../survey.ts";
import { surveys } from "../surveys.ts";

export const createSurvey = command<CreateSurveyRequest, Survey>(async (request, at) => {
  const made = draft(Survey.fromPartial(request.survey ?? {}), at.newId(), at.now);
  return presentSurvey(record(at, surveys, made, SurveyCreated));
});
