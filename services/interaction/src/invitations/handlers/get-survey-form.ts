import type {
  GetSurveyFormRequest,
  SurveyForm,
} from "@guanxi/contract/guanxi/interaction/v1/survey_invitation_service";
import { direct } from "@guanxi/kit/handler";
import { type linkHolder, noteOpened } from "../form.ts";
import { formOf } from "../letter.ts";

export const getSurveyForm = (holding: ReturnType<typeof linkHolder>) =>
  direct<GetSurveyFormRequest, SurveyForm>(({ token, languageCode }) =>
    holding(token, async (at, { invitation, survey }) => {
      noteOpened(at, invitation);
      return formOf(survey, languageCode, invitation.expireTime);
    }),
  );
