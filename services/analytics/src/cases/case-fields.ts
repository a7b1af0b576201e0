// What a condition over cases may name, as published at ListCaseFactsRequest.filter.
import { Grade } from "@guanxi/contract/guanxi/customer/v1/customer";
import {
  Case_Kind,
  Case_Origin,
  Case_Phase,
  Case_Priority,
  Case_RootCause,
  Case_Status,
} from "@guanxi/contract/guanxi/service_desk/v1/case";
import { SlaTarget_State } from "@guanxi/contract/guanxi/service_desk/v1/sla";
import { namesOf } from "@guanxi/kit/enum-names";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { fieldOf } from "../measures/field-of.ts";
import type { SeenCase } from "./seen-cases.ts";

const { id, text, int, bool, time, date, oneOf } = fieldOf<SeenCase>();
const states = namesOf(SlaTarget_State);

export const caseFields = catalogue<SeenCase>({ id: "case_id", side: "" }, [
  id("case_id", "caseId"),
  int("number", "number"),
  oneOf("kind", "kind", namesOf(Case_Kind)),
  oneOf("phase", "phase", namesOf(Case_Phase)),
  oneOf("origin", "origin", namesOf(Case_Origin)),
  oneOf("status", "status", namesOf(Case_Status)),
  oneOf("priority", "priority", namesOf(Case_Priority)),
  oneOf("grade", "grade", namesOf(Grade)),
  oneOf("root_cause", "rootCause", namesOf(Case_RootCause)),
  text("topic", "topic"),
  id("customer_id", "customerId"),
  id("order_id", "orderId"),
  id("product_id", "productId"),
  text("serial_number", "serialNumber"),
  id("queue_id", "queueId"),
  id("assignee_id", "assigneeId"),
  id("team_id", "teamId"),
  time("open_time", "openTime"),
  date("open_date", "openDate"),
  time("resolve_time", "resolveTime"),
  date("resolve_date", "resolveDate"),
  time("close_time", "closeTime"),
  date("close_date", "closeDate"),
  time("end_time", "endTime"),
  int("reopen_count", "reopenCount"),
  int("customer_contact_count", "customerContactCount"),
  oneOf("response_state", "responseState", states),
  time("response_judge_time", "responseJudgeTime"),
  int("response_seconds", "responseSeconds"),
  oneOf("next_response_state", "nextResponseState", states),
  time("next_response_judge_time", "nextResponseJudgeTime"),
  oneOf("resolution_state", "resolutionState", states),
  time("resolution_judge_time", "resolutionJudgeTime"),
  int("resolution_seconds", "resolutionSeconds"),
  bool("is_repeated", "isRepeated"),
  bool("is_repeat_fault", "isRepeatFault"),
]);
