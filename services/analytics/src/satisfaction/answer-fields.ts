// What conditions over answers and invitations may name, as published at the filters of their lists.
import { Grade } from "@guanxi/contract/guanxi/customer/v1/customer";
import { SurveyInvitation_State } from "@guanxi/contract/guanxi/interaction/v1/survey_invitation";
import { SurveyQuestion_Kind } from "@guanxi/contract/guanxi/interaction/v1/survey_question";
import { Case_Phase, Case_Priority } from "@guanxi/contract/guanxi/service_desk/v1/case";
import { namesOf } from "@guanxi/kit/enum-names";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { fieldOf } from "../measures/field-of.ts";
import type { SeenAnswer, SeenInvitation } from "./seen-answers.ts";

function aboutFields<S extends SeenAnswer | SeenInvitation>() {
  const { id, text, date, oneOf } = fieldOf<SeenAnswer | SeenInvitation>();
  return [
    id("survey_invitation_id", "surveyInvitationId"),
    id("survey_id", "surveyId"),
    id("customer_id", "customerId"),
    id("case_id", "caseId"),
    id("product_id", "productId"),
    id("agent_id", "agentId"),
    id("team_id", "teamId"),
    id("queue_id", "queueId"),
    oneOf("grade", "grade", namesOf(Grade)),
    oneOf("phase", "phase", namesOf(Case_Phase)),
    oneOf("priority", "priority", namesOf(Case_Priority)),
    text("topic", "topic"),
    date("answer_date", "answerDate"),
  ] as ReturnType<ReturnType<typeof fieldOf<S>>["id"]>[];
}

const { id, text, int, oneOf } = fieldOf<SeenAnswer>();

export const answerFields = catalogue<SeenAnswer>({ id: "answer_id", side: "" }, [
  ...aboutFields<SeenAnswer>(),
  id("answer_id", "answerId"),
  text("question_code", "questionCode"),
  oneOf("question_kind", "questionKind", namesOf(SurveyQuestion_Kind)),
  int("scale_min", "scaleMin"),
  int("scale_max", "scaleMax"),
  int("score", "score"),
]);

const ofInvitation = fieldOf<SeenInvitation>();

export const invitationFields = catalogue<SeenInvitation>({ id: "survey_invitation_id", side: "" }, [
  ...aboutFields<SeenInvitation>(),
  ofInvitation.oneOf("state", "state", namesOf(SurveyInvitation_State)),
  ofInvitation.date("send_date", "sendDate", { order: "send_order" }),
]);
