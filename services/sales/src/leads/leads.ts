import { Source_Channel } from "@guanxi/contract/guanxi/customer/v1/customer";
import { Lead, Lead_Status } from "@guanxi/contract/guanxi/sales/v1/lead";
import type { At } from "@guanxi/kit/at";
import { catalogue, type Field } from "@guanxi/kit/filter/catalogue";
import { refuse } from "@guanxi/kit/refuse";
import { side } from "@guanxi/kit/side";
import { named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { namesOf } from "@guanxi/kit/enum-names";
import type { LeadState } from "./lead-state.ts";
import { present } from "./present.ts";

const leadTable = new EntitySchema<LeadState>({
  name: "lead",
  tableName: "leads",
  columns: {
    tenantId: { name: "tenant_id", type: "uuid", primary: true, select: false },
    leadId: { name: "lead_id", type: "uuid", primary: true },
    personName: { name: "person_name", type: "text", nullable: true },
    organisationName: { name: "organisation_name", type: "text" },
    jobTitle: { name: "job_title", type: "text" },
    email: { type: "text", nullable: true },
    phone: { type: "text", nullable: true },
    regionCode: { name: "region_code", type: "text", nullable: true },
    city: { type: "text", nullable: true },
    sourceChannel: { name: "source_channel", type: "text", nullable: true },
    sourceDetail: { name: "source_detail", type: "text" },
    sourceCampaign: { name: "source_campaign", type: "text", nullable: true },
    firstTouchTime: { name: "first_touch_time", type: "timestamptz" },
    interest: { type: "text" },
    status: { type: "text" },
    statusSinceTime: { name: "status_since_time", type: "timestamptz" },
    ownerId: { name: "owner_id", type: "uuid", nullable: true },
    qualification: { type: "jsonb" },
    disqualifyReason: { name: "disqualify_reason", type: "text", nullable: true },
    disqualifyNote: { name: "disqualify_note", type: "text" },
    conversion: { type: "jsonb", nullable: true },
    externalIds: { name: "external_ids", type: "jsonb" },
    createDate: { name: "create_date", type: "date" },
    createTime: { name: "create_time", type: "timestamptz" },
    updateTime: { name: "update_time", type: "timestamptz" },
    version: { type: "int" },
  } as never, // the tenant is the database's business, so no part of the state
});

/** What no two leads share. */
const keys = side<LeadState>("lead_keys", { system: "text", external_id: "text" }, ({ externalIds }) =>
  externalIds.map(({ system, id }) => ({ system, external_id: id })),
);

export const leads = table({
  entity: leadTable,
  message: Lead,
  present,
  customerOf: ({ conversion }) =>
    conversion && conversion.state !== "REFUSED" ? conversion.customerId : null,
  sides: [keys],
  violations: {
    lead_keys_pkey: () => refuse("exists", "LEAD_EXISTS", "Another lead has this external id already."),
  },
});

const column = (
  name: string,
  type: "id" | "text" | "enum" | "time" | "date",
  read: (lead: LeadState) => unknown,
  more: Partial<Field<LeadState>> = {},
): Field<LeadState> => ({ name, type, stored: { column: name }, read, ...more });

/** What a condition over leads may name, as published at ListLeadsRequest.filter. */
export const leadFields = catalogue<LeadState>({ id: "lead_id", side: "lead_values" }, [
  column("status", "enum", ({ status }) => status, { values: namesOf(Lead_Status) }),
  column("owner_id", "id", ({ ownerId }) => ownerId),
  column("source_channel", "enum", ({ sourceChannel }) => sourceChannel, { values: namesOf(Source_Channel) }),
  column("region_code", "text", ({ regionCode }) => regionCode),
  column("city", "text", ({ city }) => city),
  column("organisation_name", "text", ({ organisationName }) => organisationName),
  column("person_name", "text", ({ personName }) => personName, { personal: true }),
  column("email", "text", ({ email }) => email, { personal: true }),
  column("phone", "text", ({ phone }) => phone, { personal: true }),
  column("create_time", "time", ({ createTime }) => createTime),
  column("create_date", "date", ({ createDate }) => createDate),
  column("update_time", "time", ({ updateTime }) => updateTime),
]);

/** Those of another system that are here already: its id to ours. */
export async function leadsByExternalId(
  at: At,
  system: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await named<{ id: string; leadId: string }>(at, {
    name: "leads by external id",
    text: `select k.external_id as id, k.lead_id as "leadId" from lead_keys k
      where k.system = $1 and k.external_id = any($2::text[])`,
    values: [system, ids],
  });
  return new Map(rows.map(({ id, leadId }) => [id, leadId]));
}
