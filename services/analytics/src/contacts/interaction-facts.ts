import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import type { InteractionFact } from "./interaction-fact.ts";

const interactionFactTable = new EntitySchema<InteractionFact>({
  name: "interaction_fact",
  tableName: "interaction_facts",
  columns: {
    interactionId: { name: "interaction_id", type: "uuid", primary: true },
    channel: { type: "text" },
    direction: { type: "text" },
    outcome: { type: "text", nullable: true },
    automatic: { type: "bool" },
    customerId: { name: "customer_id", type: "uuid", nullable: true },
    userId: { name: "user_id", type: "uuid", nullable: true },
    caseId: { name: "case_id", type: "uuid", nullable: true },
    topic: { type: "text", nullable: true },
    eventDate: { name: "event_date", type: "date" },
    durationSeconds: { name: "duration_seconds", type: "int" },
    replyDueTime: { name: "reply_due_time", type: "timestamptz", nullable: true },
    replyTime: { name: "reply_time", type: "timestamptz", nullable: true },
    replyState: { name: "reply_state", type: "text", nullable: true },
    replyJudgeTime: { name: "reply_judge_time", type: "timestamptz", nullable: true },
    responseSeconds: { name: "response_seconds", type: "bigint", nullable: true },
    learnedCount: { name: "learned_count", type: "int", nullable: true },
    version: { type: "int" },
  },
});

export const interactionFacts = table({ entity: interactionFactTable });
