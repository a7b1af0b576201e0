import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import type { FeedbackFact } from "./feedback-fact.ts";

const time = (name: string) => ({ name, type: "timestamptz", nullable: true }) as const;

const feedbackFactTable = new EntitySchema<FeedbackFact>({
  name: "feedback_fact",
  tableName: "feedback_facts",
  columns: {
    feedbackId: { name: "feedback_id", type: "uuid", primary: true },
    source: { type: "text" },
    state: { type: "text" },
    topic: { type: "text", nullable: true },
    score: { type: "int", nullable: true },
    standing: { type: "text", nullable: true },
    customerId: { name: "customer_id", type: "uuid", nullable: true },
    caseId: { name: "case_id", type: "uuid", nullable: true },
    productId: { name: "product_id", type: "uuid", nullable: true },
    ownerId: { name: "owner_id", type: "uuid", nullable: true },
    eventDate: { name: "event_date", type: "date" },
    deadlineTime: time("deadline_time"),
    responseTime: time("response_time"),
    resolveTime: time("resolve_time"),
    closeTime: time("close_time"),
    escalateTime: time("escalate_time"),
    resolutionState: { name: "resolution_state", type: "text", nullable: true },
    resolutionJudgeTime: time("resolution_judge_time"),
    responseSeconds: { name: "response_seconds", type: "bigint", nullable: true },
    version: { type: "int" },
  },
});

export const feedbackFacts = table({ entity: feedbackFactTable });
