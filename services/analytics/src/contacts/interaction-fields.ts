// What a condition over contacts may name, as published at ListInteractionFactsRequest.filter.
import { Channel, Direction, Interaction_Outcome } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import { SlaTarget_State } from "@guanxi/contract/guanxi/service_desk/v1/sla";
import { namesOf } from "@guanxi/kit/enum-names";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { fieldOf } from "../measures/field-of.ts";
import type { SeenInteraction } from "./seen-interactions.ts";

const { id, text, int, bool, time, date, oneOf } = fieldOf<SeenInteraction>();

export const interactionFields = catalogue<SeenInteraction>({ id: "interaction_id", side: "" }, [
  id("interaction_id", "interactionId"),
  oneOf("channel", "channel", namesOf(Channel)),
  oneOf("direction", "direction", namesOf(Direction)),
  oneOf("outcome", "outcome", namesOf(Interaction_Outcome)),
  bool("automatic", "automatic"),
  id("customer_id", "customerId"),
  id("user_id", "userId"),
  id("team_id", "teamId"),
  id("case_id", "caseId"),
  text("topic", "topic"),
  date("event_date", "eventDate"),
  int("duration_seconds", "durationSeconds"),
  time("reply_due_time", "replyDueTime"),
  time("reply_time", "replyTime"),
  oneOf("reply_state", "replyState", namesOf(SlaTarget_State)),
  time("reply_judge_time", "replyJudgeTime"),
  int("response_seconds", "responseSeconds"),
  int("learned_count", "learnedCount"),
]);
