import {
  SurveyInvitation,
  SurveyInvitation_Standing,
  SurveyInvitation_State,
  SurveyInvitation_SuppressReason,
} from "@guanxi/contract/guanxi/interaction/v1/survey_invitation";
import type { At } from "@guanxi/kit/at";
import { namesOf } from "@guanxi/kit/enum-names";
import { catalogue, type Field } from "@guanxi/kit/filter/catalogue";
import { named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import type { InvitationState } from "./invitation-state.ts";
import { presentInvitation } from "./present.ts";

const invitationTable = new EntitySchema<InvitationState>({
  name: "survey_invitation",
  tableName: "survey_invitations",
  columns: {
    tenantId: { name: "tenant_id", type: "uuid", primary: true, select: false },
    surveyInvitationId: { name: "survey_invitation_id", type: "uuid", primary: true },
    surveyId: { name: "survey_id", type: "uuid" },
    surveyName: { name: "survey_name", type: "text" },
    customerId: { name: "customer_id", type: "uuid", nullable: true },
    contactId: { name: "contact_id", type: "uuid", nullable: true },
    caseId: { name: "case_id", type: "uuid", nullable: true },
    interactionId: { name: "interaction_id", type: "uuid", nullable: true },
    productId: { name: "product_id", type: "uuid", nullable: true },
    agentId: { name: "agent_id", type: "uuid", nullable: true },
    state: { type: "text" },
    suppressReason: { name: "suppress_reason", type: "text", nullable: true },
    answers: { type: "jsonb" },
    standing: { type: "text", nullable: true },
    sendTime: { name: "send_time", type: "timestamptz", nullable: true },
    openTime: { name: "open_time", type: "timestamptz", nullable: true },
    answerTime: { name: "answer_time", type: "timestamptz", nullable: true },
    answerDate: { name: "answer_date", type: "date", nullable: true },
    expireTime: { name: "expire_time", type: "timestamptz", nullable: true },
    occasionKey: { name: "occasion_key", type: "text" },
    tokenHash: { name: "token_hash", type: "text", nullable: true },
    messageId: { name: "message_id", type: "uuid", nullable: true },
    createTime: { name: "create_time", type: "timestamptz" },
    updateTime: { name: "update_time", type: "timestamptz" },
    version: { type: "int" },
  } as never, // the tenant is the database's business, so no part of the state
});

export const invitations = table({
  entity: invitationTable,
  message: SurveyInvitation,
  present: presentInvitation,
  customerOf: ({ customerId }) => customerId,
});

const column = (
  name: string,
  type: "id" | "enum" | "time" | "date",
  read: (invitation: InvitationState) => unknown,
  values?: readonly string[],
): Field<InvitationState> => ({ name, type, stored: { column: name }, read, ...(values && { values }) });

/** What a condition over invitations may name, as published at ListSurveyInvitationsRequest.filter. */
export const invitationFields = catalogue<InvitationState>(
  { id: "survey_invitation_id", side: "survey_invitation_values" },
  [
    column("survey_id", "id", ({ surveyId }) => surveyId),
    column("customer_id", "id", ({ customerId }) => customerId),
    column("contact_id", "id", ({ contactId }) => contactId),
    column("case_id", "id", ({ caseId }) => caseId),
    column("interaction_id", "id", ({ interactionId }) => interactionId),
    column("product_id", "id", ({ productId }) => productId),
    column("agent_id", "id", ({ agentId }) => agentId),
    column("state", "enum", ({ state }) => state, namesOf(SurveyInvitation_State)),
    column("suppress_reason", "enum", (it) => it.suppressReason, namesOf(SurveyInvitation_SuppressReason)),
    column("standing", "enum", ({ standing }) => standing, namesOf(SurveyInvitation_Standing)),
    column("answer_time", "time", ({ answerTime }) => answerTime),
    column("answer_date", "date", ({ answerDate }) => answerDate),
    column("create_time", "time", ({ createTime }) => createTime),
    column("update_time", "time", ({ updateTime }) => updateTime),
  ],
);

/** Occasions of a survey that somebody has been asked about, or would have been: key to invitation. */
export async function invitationsOf(
  at: At,
  surveyId: string,
  occasionKeys: readonly string[],
): Promise<Map<string, string>> {
  const rows = await named<{ occasionKey: string; id: string }>(at, {
    name: "survey invitations of occasions",
    text: `select occasion_key as "occasionKey", survey_invitation_id as id from survey_invitations
      where survey_id = $1 and occasion_key = any($2::text[])`,
    values: [surveyId, occasionKeys],
  });
  return new Map(rows.map(({ occasionKey, id }) => [occasionKey, id]));
}

/** Nobody else asks these customers before this command has ended; in one order, so that two never wait for each other. */
export async function holdCustomers(at: At, customerIds: readonly string[]): Promise<void> {
  const ids = [...new Set(customerIds)].toSorted();
  for (const id of ids) at.claim(`survey ask ${id}`);
  await named(at, {
    name: "survey ask hold",
    text: `select pg_advisory_xact_lock(hashtextextended('survey ask ' || tenant()::text || i.id, 0))
      from (select id from unnest($1::text[]) as u (id) order by id offset 0) i`,
    values: [ids],
  });
}

/** When they were asked last, by whatever survey; what was suppressed asked nobody. */
export async function lastAsks(at: At, customerIds: readonly string[]): Promise<Map<string, Date>> {
  const rows = await named<{ customerId: string; time: Date }>(at, {
    name: "survey last asks",
    text: `select customer_id as "customerId", max(create_time) as time from survey_invitations
      where customer_id = any($1::uuid[]) and state <> 'SUPPRESSED' and expire_time is not null group by customer_id`,
    values: [customerIds],
  });
  return new Map(rows.map(({ customerId, time }) => [customerId, time]));
}

export async function invitationOfToken(at: At, tokenHash: string): Promise<string | undefined> {
  const rows = await named<{ id: string }>(at, {
    name: "survey invitations of token",
    text: "select survey_invitation_id as id from survey_invitations where token_hash = $1",
    values: [tokenHash],
  });
  return rows[0]?.id;
}

export async function invitationOfMessage(at: At, messageId: string): Promise<string | undefined> {
  const rows = await named<{ id: string }>(at, {
    name: "survey invitations of message",
    text: "select survey_invitation_id as id from survey_invitations where message_id = $1",
    values: [messageId],
  });
  return rows[0]?.id;
}

export async function lastStanding(at: At, customerId: string): Promise<InvitationState | undefined> {
  const [found] = await named<InvitationState>(at, {
    name: "survey invitations last standing",
    text: `${invitations.select} where customer_id = $1 and standing is not null
      order by answer_time desc, survey_invitation_id desc limit 1`,
    values: [customerId],
  });
  return found;
}

const WAITING = "survey_id = $1 and state in ('QUEUED', 'SENT', 'OPENED')";

/** Those of a survey whose time is over. */
export async function overdueInvitations(
  at: At,
  surveyId: string,
  now: Date,
  most: number,
): Promise<string[]> {
  const rows = await named<{ id: string }>(at, {
    name: "survey invitations overdue",
    text: `select survey_invitation_id as id from survey_invitations
      where ${WAITING} and expire_time <= $2::timestamptz limit $3`,
    values: [surveyId, now.toISOString(), most],
  });
  return rows.map(({ id }) => id);
}

/** When the next one of a survey is over. */
export async function nextExpiry(at: At, surveyId: string): Promise<Date | undefined> {
  const [row] = await named<{ time: Date | null }>(at, {
    name: "survey invitations next expiry",
    text: `select min(expire_time) as time from survey_invitations where ${WAITING}`,
    values: [surveyId],
  });
  return row?.time ?? undefined;
}

/** Answers of a file that are here already: the id in the system they come from to ours. */
export async function invitationsByImport(
  at: At,
  sourceSystem: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await named<{ key: string; id: string }>(at, {
    name: "survey invitations of import",
    text: `select i.id as key, s.survey_invitation_id as id from unnest($1::text[], $2::text[]) as i (id, occasion_key)
      join survey_invitations s on s.occasion_key = i.occasion_key and s.expire_time is null`,
    values: [ids, ids.map((id) => importKey(sourceSystem, id))],
  });
  return new Map(rows.map(({ key, id }) => [key, id]));
}

export const importKey = (sourceSystem: string, id: string) => `import/${sourceSystem}/${id}`;
