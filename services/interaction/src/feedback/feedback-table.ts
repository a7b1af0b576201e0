import { Feedback, Feedback_Source, Feedback_State } from "@guanxi/contract/guanxi/interaction/v1/feedback";
import { SurveyInvitation_Standing } from "@guanxi/contract/guanxi/interaction/v1/survey_invitation";
import type { At } from "@guanxi/kit/at";
import { namesOf } from "@guanxi/kit/enum-names";
import { catalogue, type Field, type FieldType } from "@guanxi/kit/filter/catalogue";
import { type Condition, where } from "@guanxi/kit/list";
import { refuse } from "@guanxi/kit/refuse";
import { side } from "@guanxi/kit/side";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import type { FeedbackState } from "./feedback-state.ts";
import { presentFeedback } from "./present.ts";

const entity = new EntitySchema<FeedbackState>({
  name: "feedback",
  tableName: "feedback",
  columns: {
    tenantId: { name: "tenant_id", type: "uuid", primary: true, select: false },
    feedbackId: { name: "feedback_id", type: "uuid", primary: true },
    source: { type: "text" },
    topic: { type: "text" },
    text: { type: "text" },
    score: { type: "int", nullable: true },
    standing: { type: "text", nullable: true },
    customerId: { name: "customer_id", type: "uuid", nullable: true },
    contactId: { name: "contact_id", type: "uuid", nullable: true },
    caseId: { name: "case_id", type: "uuid", nullable: true },
    productId: { name: "product_id", type: "uuid", nullable: true },
    interactionId: { name: "interaction_id", type: "uuid", nullable: true },
    surveyInvitationId: { name: "survey_invitation_id", type: "uuid", nullable: true },
    ownerId: { name: "owner_id", type: "uuid", nullable: true },
    state: { type: "text" },
    deadlineTime: { name: "deadline_time", type: "timestamptz" },
    escalateTime: { name: "escalate_time", type: "timestamptz", nullable: true },
    responseTime: { name: "response_time", type: "timestamptz", nullable: true },
    resolveTime: { name: "resolve_time", type: "timestamptz", nullable: true },
    closeTime: { name: "close_time", type: "timestamptz", nullable: true },
    answer: { type: "text" },
    eventTime: { name: "event_time", type: "timestamptz" },
    eventDate: { name: "event_date", type: "date" },
    externalIds: { name: "external_ids", type: "jsonb" },
    createTime: { name: "create_time", type: "timestamptz" },
    updateTime: { name: "update_time", type: "timestamptz" },
    version: { type: "int" },
  } as never, // the tenant is the database's business, so no part of the state
});

/** What no two of them share. */
const keys = side<FeedbackState>(
  "feedback_keys",
  { system: "text", external_id: "text" },
  ({ externalIds }) => externalIds.map(({ system, id }) => ({ system, external_id: id })),
);

export const allFeedback = table({
  entity,
  message: Feedback,
  present: presentFeedback,
  customerOf: ({ customerId }) => customerId,
  sides: [keys],
  violations: {
    feedback_keys_pkey: () =>
      refuse("exists", "FEEDBACK_EXISTS", "Another feedback has this external id already."),
  },
});

const column = (
  name: string,
  type: FieldType,
  read: (feedback: FeedbackState) => unknown,
  values?: readonly string[],
): Field<FeedbackState> => ({ name, type, stored: { column: name }, read, ...(values && { values }) });

/** What a condition over feedback may name, as published at ListFeedbackRequest.filter. */
export const feedbackFields = catalogue<FeedbackState>({ id: "feedback_id", side: "feedback_values" }, [
  column("state", "enum", ({ state }) => state, namesOf(Feedback_State)),
  column("source", "enum", ({ source }) => source, namesOf(Feedback_Source)),
  column("standing", "enum", ({ standing }) => standing, namesOf(SurveyInvitation_Standing)),
  column("topic", "text", ({ topic }) => topic),
  column("owner_id", "id", ({ ownerId }) => ownerId),
  column("customer_id", "id", ({ customerId }) => customerId),
  column("contact_id", "id", ({ contactId }) => contactId),
  column("case_id", "id", ({ caseId }) => caseId),
  column("product_id", "id", ({ productId }) => productId),
  column("score", "int", ({ score }) => score),
  column("deadline_time", "time", ({ deadlineTime }) => deadlineTime),
  column("escalate_time", "time", ({ escalateTime }) => escalateTime),
  column("response_time", "time", ({ responseTime }) => responseTime),
  column("resolve_time", "time", ({ resolveTime }) => resolveTime),
  column("event_time", "time", ({ eventTime }) => eventTime),
  column("event_date", "date", ({ eventDate }) => eventDate),
  column("create_time", "time", ({ createTime }) => createTime),
  column("update_time", "time", ({ updateTime }) => updateTime),
]);

export const overdueAt = ({ now }: Pick<At, "now">): Condition =>
  where(
    "state in ('NEW', 'ACKNOWLEDGED', 'IN_PROGRESS') and deadline_time <= ?::timestamptz",
    now.toISOString(),
  );
