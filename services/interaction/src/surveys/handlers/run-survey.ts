import type { SurveyRun } from "@guanxi/contract/guanxi/interaction/v1/survey";
import type { RunSurveyRequest } from "@guanxi/contract/guanxi/interaction/v1/survey_service";
import { command } from "@guanxi/kit/handler";
import { refuse } from "@guanxi/kit/refuse";
import { lock } from "@guanxi/kit/store";
import { presentRun } from "../present.ts";
import { beginRun } from "../runs.ts";
import { requireActive } from "../survey.ts";
import { surveys } from "../surveys.ts";

export const runSurvey = command<RunSurveyRequest, SurveyRun>(async ({ surveyId }, at) => {
  const survey = await lock(at, surveys, surveyId);
  requireActive(survey);
  if (survey.trigger !== "SCHEDULED" && survey.trigger !== "MANUAL")
    throw refuse(
      "precondition",
      "NOT_FOR_ALL",
      "The survey is asked after something has happened, not of everybody.",
    );
  return presentRun(await beginRun(at, survey));
});
