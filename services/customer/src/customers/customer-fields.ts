// What a condition over customers may name, as published at ListCustomersRequest.filter.
import {
  ChurnReason,
  Customer_Kind,
  CustomerClass,
  Grade,
  LifecycleStage,
  Loyalty,
  PartyRole,
  RelationshipLevel,
  Source_Channel,
} from "@guanxi/contract/guanxi/customer/v1/customer";
import type { At } from "@guanxi/kit/at";
import {
  type Catalogue,
  catalogue,
  type CustomField,
  type Field,
  type FieldType,
  withCustomFields,
} from "@guanxi/kit/filter/catalogue";
import { namesOf } from "@guanxi/kit/enum-names";
import { allDefinitions } from "../field-definitions/field-definitions.ts";
import type { FieldDefinitionState } from "../field-definitions/field-definition.ts";
import type { CustomerState } from "./customer-state.ts";

type Plain = Exclude<FieldType, "tags">;

/** A field of the API whose value stands in the column of the same name. */
const column = (
  name: string,
  type: Plain,
  read: (customer: CustomerState) => unknown,
  more: Partial<Field<CustomerState>> = {},
): Field<CustomerState> => ({ name, type, stored: { column: name }, read, ...more });

const fixed = catalogue<CustomerState>({ id: "customer_id", side: "customer_values" }, [
  column("kind", "enum", ({ kind }) => kind, { values: namesOf(Customer_Kind) }),
  column("display_name", "text", ({ displayName }) => displayName, { personal: true }),
  column("legal_name", "text", ({ legalName }) => legalName, { personal: true }),
  column("credit_code", "text", ({ creditCode }) => creditCode),
  column("region_code", "text", ({ regionCode }) => regionCode),
  column("city", "text", ({ city }) => city),
  column("birth_date", "date", ({ birthDay }) => birthDay, {
    stored: { column: "birth_day" },
    personal: true,
  }),
  column("industry", "text", ({ industry }) => industry),
  column("core", "bool", ({ core }) => core),
  column("source_channel", "enum", ({ sourceChannel }) => sourceChannel, { values: namesOf(Source_Channel) }),
  column("source_campaign", "text", ({ sourceCampaign }) => sourceCampaign),
  // Beside the customer, since an id is compared as the text that somebody wrote.
  column("category_id", "text", ({ categoryId }) => categoryId, { stored: { kind: "category_id" } }),
  column("owner_id", "text", ({ ownerId }) => ownerId, { stored: { kind: "owner_id" } }),
  column("completeness", "int", ({ completeness }) => BigInt(completeness)),
  column("lifecycle_stage", "enum", ({ lifecycleStage }) => lifecycleStage, {
    values: namesOf(LifecycleStage),
  }),
  column("churn_reason", "enum", ({ churnReason }) => churnReason, { values: namesOf(ChurnReason) }),
  column("loyalty", "enum", ({ loyalty }) => loyalty, { values: namesOf(Loyalty) }),
  column("lifecycle_stage_since_time", "time", ({ lifecycleStageSinceTime }) => lifecycleStageSinceTime),
  column("customer_class", "enum", ({ customerClass }) => customerClass, { values: namesOf(CustomerClass) }),
  column("customer_class_since_time", "time", ({ customerClassSinceTime }) => customerClassSinceTime),
  column("grade", "enum", ({ grade }) => grade, { values: namesOf(Grade) }),
  column("grade_since_time", "time", ({ gradeSinceTime }) => gradeSinceTime),
  column("relationship_level", "enum", ({ relationshipLevel }) => relationshipLevel, {
    values: namesOf(RelationshipLevel),
  }),
  column(
    "relationship_level_since_time",
    "time",
    ({ relationshipLevelSinceTime }) => relationshipLevelSinceTime,
  ),
  column("owner_since_time", "time", ({ ownerSinceTime }) => ownerSinceTime),
  column("create_time", "time", ({ createTime }) => createTime),
  column("create_date", "date", ({ createDate }) => createDate),
  column("update_time", "time", ({ updateTime }) => updateTime),
  { name: "tags", type: "tags", stored: { kind: "tag" }, read: ({ tags }) => tags },
  {
    name: "party_roles",
    type: "tags",
    stored: { kind: "party_role" },
    values: namesOf(PartyRole),
    read: ({ partyRoles }) => partyRoles,
  },
]);

/** With the tenant's own fields, where the condition has any: reading them costs a question. */
export async function fieldsFor(at: At, filter: string): Promise<Catalogue<CustomerState>> {
  if (!/\bcustom\b/.test(filter)) return fixed;
  const definitions = await allDefinitions(at);
  return withCustomFields(fixed, definitions.filter(({ filterable }) => filterable).map(customField));
}

const TYPES = {
  TEXT: "text",
  NUMBER: "int",
  DECIMAL: "decimal",
  BOOL: "bool",
  DATE: "date",
  TIME: "time",
  ENUM: "enum",
} as const;

const customField = ({ key, type, options, personal }: FieldDefinitionState): CustomField => ({
  key,
  type: TYPES[type],
  personal,
  ...(type === "ENUM" && { values: options.map(({ value }) => value) }),
});
