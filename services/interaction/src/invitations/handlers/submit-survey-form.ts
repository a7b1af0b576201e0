import type {
  SubmitSurveyFormRequest,
  SubmitSurveyFormResponse,
} from "@guanxi/contract/guanxi/interaction/v1/survey_invitation_service";
import { direct } from "@guanxi/kit/handler";
import type { linkHolder } from "../form.ts";
import { thanksOf } from "../letter.ts";
import { takeAnswer } from "../take-answer.ts";

export const submitSurveyForm = (holding: ReturnType<typeof linkHolder>) =>
  direct<SubmitSurveyFormRequest, SubmitSurveyFormResponse>(({ token, answers, languageCode }) =>
    holding(token, async (at, { invitation, survey }) => {
      await takeAnswer(at, invitation, survey, answers);
      return { thanks: thanksOf(survey, languageCode) };
    }),
  );
