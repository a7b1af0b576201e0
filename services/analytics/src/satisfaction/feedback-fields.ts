// What a condition over feedback may name, as published at ListFeedbackFactsRequest.filter.
import { Feedback_Source, Feedback_State } from "@guanxi/contract/guanxi/interaction/v1/feedback";
import { SurveyInvitation_Standing } from "@guanxi/contract/guanxi/interaction/v1/survey_invitation";
import { SlaTarget_State } from "@guanxi/contract/guanxi/service_desk/v1/sla";
import { namesOf } from "@guanxi/kit/enum-names";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { fieldOf } from "../measures/field-of.ts";
import type { SeenFeedback } from "./seen-feedback.ts";

const { id, text, int, time, date, oneOf } = fieldOf<SeenFeedback>();

export const feedbackFields = catalogue<SeenFeedback>({ id: "feedback_id", side: "" }, [
  id("feedback_id", "feedbackId"),
  oneOf("source", "source", namesOf(Feedback_Source)),
  oneOf("state", "state", namesOf(Feedback_State)),
  text("topic", "topic"),
  int("score", "score"),
  oneOf("standing", "standing", namesOf(SurveyInvitation_Standing)),
  id("customer_id", "customerId"),
  id("case_id", "caseId"),
  id("product_id", "productId"),
  id("owner_id", "ownerId"),
  id("team_id", "teamId"),
  date("event_date", "eventDate"),
  time("deadline_time", "deadlineTime"),
  time("response_time", "responseTime"),
  time("resolve_time", "resolveTime"),
  time("close_time", "closeTime"),
  time("escalate_time", "escalateTime"),
  oneOf("resolution_state", "resolutionState", namesOf(SlaTarget_State)),
  time("resolution_judge_time", "resolutionJudgeTime"),
  int("response_seconds", "responseSeconds"),
]);
