import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import type { CaseFact } from "./case-fact.ts";

const caseFactTable = new EntitySchema<CaseFact>({
  name: "case_fact",
  tableName: "case_facts",
  columns: {
    caseId: { name: "case_id", type: "uuid", primary: true },
    number: { type: "bigint" },
    kind: { type: "text" },
    phase: { type: "text", nullable: true },
    origin: { type: "text", nullable: true },
    status: { type: "text" },
    priority: { type: "text", nullable: true },
    topic: { type: "text", nullable: true },
    customerId: { name: "customer_id", type: "uuid", nullable: true },
    orderId: { name: "order_id", type: "uuid", nullable: true },
    productId: { name: "product_id", type: "uuid", nullable: true },
    serialNumber: { name: "serial_number", type: "text", nullable: true },
    queueId: { name: "queue_id", type: "uuid", nullable: true },
    assigneeId: { name: "assignee_id", type: "uuid", nullable: true },
    grade: { type: "text", nullable: true },
    rootCause: { name: "root_cause", type: "text", nullable: true },
    openTime: { name: "open_time", type: "timestamptz" },
    openDate: { name: "open_date", type: "date" },
    resolveTime: { name: "resolve_time", type: "timestamptz", nullable: true },
    resolveDate: { name: "resolve_date", type: "date", nullable: true },
    closeTime: { name: "close_time", type: "timestamptz", nullable: true },
    closeDate: { name: "close_date", type: "date", nullable: true },
    endTime: { name: "end_time", type: "timestamptz", nullable: true },
    reopenCount: { name: "reopen_count", type: "int" },
    customerContactCount: { name: "customer_contact_count", type: "int" },
    responseState: { name: "response_state", type: "text", nullable: true },
    responseJudgeTime: { name: "response_judge_time", type: "timestamptz", nullable: true },
    responseSeconds: { name: "response_seconds", type: "bigint", nullable: true },
    nextResponseState: { name: "next_response_state", type: "text", nullable: true },
    nextResponseJudgeTime: { name: "next_response_judge_time", type: "timestamptz", nullable: true },
    nextResponseSeconds: { name: "next_response_seconds", type: "bigint", nullable: true },
    resolutionState: { name: "resolution_state", type: "text", nullable: true },
    resolutionJudgeTime: { name: "resolution_judge_time", type: "timestamptz", nullable: true },
    resolutionSeconds: { name: "resolution_seconds", type: "bigint", nullable: true },
    version: { type: "int" },
  },
});

export const caseFacts = table({ entity: caseFactTable });
