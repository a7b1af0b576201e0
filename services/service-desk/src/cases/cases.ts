import { Grade } from "@guanxi/contract/guanxi/customer/v1/customer";
import {
  Case,
  Case_Kind,
  Case_Origin,
  Case_Phase,
  Case_Priority,
  Case_RootCause,
  Case_Status,
} from "@guanxi/contract/guanxi/service_desk/v1/case";
import { namesOf } from "@guanxi/kit/enum-names";
import { catalogue, type Field } from "@guanxi/kit/filter/catalogue";
import { refuse } from "@guanxi/kit/refuse";
import { side } from "@guanxi/kit/side";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { changeSide } from "./case-changes.ts";
import type { CaseState } from "./case-state.ts";
import { present } from "./present.ts";

const caseTable = new EntitySchema<CaseState>({
  name: "case",
  tableName: "cases",
  columns: {
    tenantId: { name: "tenant_id", type: "uuid", primary: true, select: false },
    caseId: { name: "case_id", type: "uuid", primary: true },
    number: { type: "bigint" },
    kind: { type: "text" },
    phase: { type: "text", nullable: true },
    origin: { type: "text", nullable: true },
    subject: { type: "text" },
    description: { type: "text" },
    topic: { type: "text", nullable: true },
    priority: { type: "text" },
    customerId: { name: "customer_id", type: "uuid", nullable: true },
    contactId: { name: "contact_id", type: "uuid", nullable: true },
    orderId: { name: "order_id", type: "uuid", nullable: true },
    productId: { name: "product_id", type: "uuid", nullable: true },
    serialNumber: { name: "serial_number", type: "text", nullable: true },
    conversationId: { name: "conversation_id", type: "uuid", nullable: true },
    status: { type: "text" },
    statusSinceTime: { name: "status_since_time", type: "timestamptz" },
    queueId: { name: "queue_id", type: "uuid", nullable: true },
    assigneeId: { name: "assignee_id", type: "uuid", nullable: true },
    assignTime: { name: "assign_time", type: "timestamptz", nullable: true },
    requiredSkills: { name: "required_skills", type: "jsonb" },
    routing: { type: "jsonb", nullable: true },
    grade: { type: "text", nullable: true },
    sla: { type: "jsonb" },
    dueTime: { name: "due_time", type: "timestamptz", nullable: true },
    dueOrder: { name: "due_order", type: "timestamptz" },
    breached: { type: "bool" },
    escalationLevel: { name: "escalation_level", type: "int" },
    acknowledgeTime: { name: "acknowledge_time", type: "timestamptz", nullable: true },
    firstResponseTime: { name: "first_response_time", type: "timestamptz", nullable: true },
    resolveTime: { name: "resolve_time", type: "timestamptz", nullable: true },
    closeTime: { name: "close_time", type: "timestamptz", nullable: true },
    resolution: { type: "text", nullable: true },
    resolutionNote: { name: "resolution_note", type: "text" },
    rootCause: { name: "root_cause", type: "text", nullable: true },
    rootCauseNote: { name: "root_cause_note", type: "text" },
    reopenCount: { name: "reopen_count", type: "int" },
    reassignmentCount: { name: "reassignment_count", type: "int" },
    customerContactCount: { name: "customer_contact_count", type: "int" },
    steps: { type: "jsonb" },
    processVersion: { name: "process_version", type: "text" },
    mergedIntoCaseId: { name: "merged_into_case_id", type: "uuid", nullable: true },
    splitFromCaseId: { name: "split_from_case_id", type: "uuid", nullable: true },
    correctiveActionId: { name: "corrective_action_id", type: "uuid", nullable: true },
    externalIds: { name: "external_ids", type: "jsonb" },
    tags: { type: "jsonb" },
    openTime: { name: "open_time", type: "timestamptz" },
    openDate: { name: "open_date", type: "date" },
    createTime: { name: "create_time", type: "timestamptz" },
    updateTime: { name: "update_time", type: "timestamptz" },
    version: { type: "int" },
  } as never, // the tenant is the database's business, so no part of the state
});

/** What no two cases share. */
const keys = side<CaseState>("case_keys", { system: "text", external_id: "text" }, ({ externalIds }) =>
  externalIds.map(({ system, id }) => ({ system, external_id: id })),
);

const values = side<CaseState>("case_values", { kind: "text", text_value: "text" }, ({ tags }) =>
  tags.map((tag) => ({ kind: "tag", text_value: tag })),
);

export const cases = table({
  entity: caseTable,
  message: Case,
  present,
  customerOf: ({ customerId }) => customerId,
  sides: [keys, values, changeSide],
  violations: {
    case_keys_pkey: () => refuse("exists", "CASE_EXISTS", "Another case has this external id already."),
  },
});

type Type = "id" | "text" | "enum" | "int" | "bool" | "time" | "date";

const column = (
  name: string,
  type: Type,
  read: (it: CaseState) => unknown,
  more: Partial<Field<CaseState>> = {},
): Field<CaseState> => ({ name, type, stored: { column: name }, read, ...more });

/** What a condition over cases may name, as published at ListCasesRequest.filter. */
export const caseFields = catalogue<CaseState>({ id: "case_id", side: "case_values" }, [
  column("number", "int", ({ number }) => number),
  column("kind", "enum", ({ kind }) => kind, { values: namesOf(Case_Kind) }),
  column("phase", "enum", ({ phase }) => phase, { values: namesOf(Case_Phase) }),
  column("origin", "enum", ({ origin }) => origin, { values: namesOf(Case_Origin) }),
  column("status", "enum", ({ status }) => status, { values: namesOf(Case_Status) }),
  column("priority", "enum", ({ priority }) => priority, { values: namesOf(Case_Priority) }),
  column("grade", "enum", ({ grade }) => grade, { values: namesOf(Grade) }),
  column("topic", "text", ({ topic }) => topic),
  column("subject", "text", ({ subject }) => subject, { personal: true }),
  column("customer_id", "id", ({ customerId }) => customerId),
  column("contact_id", "id", ({ contactId }) => contactId),
  column("order_id", "id", ({ orderId }) => orderId),
  column("product_id", "id", ({ productId }) => productId),
  column("serial_number", "text", ({ serialNumber }) => serialNumber),
  column("conversation_id", "id", ({ conversationId }) => conversationId),
  column("queue_id", "id", ({ queueId }) => queueId),
  column("assignee_id", "id", ({ assigneeId }) => assigneeId),
  column("root_cause", "enum", ({ rootCause }) => rootCause, { values: namesOf(Case_RootCause) }),
  column("corrective_action_id", "id", ({ correctiveActionId }) => correctiveActionId),
  column("escalation_level", "int", ({ escalationLevel }) => BigInt(escalationLevel)),
  column("reopen_count", "int", ({ reopenCount }) => BigInt(reopenCount)),
  column("breached", "bool", ({ breached }) => breached),
  column("due_time", "time", ({ dueTime }) => dueTime, { order: "due_order" }),
  column("open_time", "time", ({ openTime }) => openTime),
  column("open_date", "date", ({ openDate }) => openDate),
  column("resolve_time", "time", ({ resolveTime }) => resolveTime),
  column("create_time", "time", ({ createTime }) => createTime),
  column("update_time", "time", ({ updateTime }) => updateTime),
  { name: "tags", type: "tags", stored: { kind: "tag" }, read: ({ tags }) => tags },
]);
