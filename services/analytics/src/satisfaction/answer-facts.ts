import type { At } from "@guanxi/kit/at";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import type { AnswerFact, InvitationFact } from "./answer-fact.ts";

const id = (name: string) => ({ name, type: "uuid", nullable: true }) as const;
const asked = {
  surveyId: id("survey_id"),
  customerId: id("customer_id"),
  caseId: id("case_id"),
  productId: id("product_id"),
  agentId: id("agent_id"),
};

const invitationFactTable = new EntitySchema<InvitationFact>({
  name: "invitation_fact",
  tableName: "invitation_facts",
  columns: {
    surveyInvitationId: { name: "survey_invitation_id", type: "uuid", primary: true },
    surveyName: { name: "survey_name", type: "text" },
    ...asked,
    state: { type: "text" },
    suppressReason: { name: "suppress_reason", type: "text", nullable: true },
    standing: { type: "text", nullable: true },
    sendDate: { name: "send_date", type: "date", nullable: true },
    answerDate: { name: "answer_date", type: "date", nullable: true },
    version: { type: "int" },
  },
});

const answerFactTable = new EntitySchema<AnswerFact>({
  name: "answer_fact",
  tableName: "answer_facts",
  columns: {
    answerId: { name: "answer_id", type: "uuid", primary: true },
    surveyInvitationId: { name: "survey_invitation_id", type: "uuid" },
    ...asked,
    questionCode: { name: "question_code", type: "text" },
    questionKind: { name: "question_kind", type: "text" },
    scaleMin: { name: "scale_min", type: "int" },
    scaleMax: { name: "scale_max", type: "int" },
    score: { type: "int" },
    answerDate: { name: "answer_date", type: "date" },
    version: { type: "int" },
  },
});

export const invitationFacts = table({ entity: invitationFactTable });
export const answerFacts = table({ entity: answerFactTable });

export function forgetAnswers(at: At, invitationIds: readonly string[]): void {
  const text = "delete from answer_facts where survey_invitation_id = any($1::uuid[])";
  at.tell({ name: "answer_facts forget", text, values: [invitationIds] });
}
