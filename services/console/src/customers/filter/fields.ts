// What a condition over customers may name: the fields that ListCustomers publishes, and the tenant's own.
import {
  ChurnReason,
  CustomerClass,
  CustomerKind,
  type FieldDefinition,
  type FieldDefinitionType,
  Grade,
  LifecycleStage,
  Loyalty,
  PartyRole,
  RelationshipLevel,
  SourceChannel,
} from "@guanxi/client/gen/guanxi";
import type { Fields, FieldType, FilterField } from "./model.ts";

export interface NamedField extends FilterField {
  /** The enum in the client, under whose name its values have labels, and what stands before each value. */
  enumeration?: { name: string; prefix: string };
  /** Needs the right to read personal fields. */
  personal?: boolean;
  /** The tenant's own. */
  definition?: FieldDefinition;
}

const enumField = (
  name: string,
  enumName: string,
  values: Record<string, string>,
  prefix: string,
  more: Partial<NamedField> = {},
): NamedField => ({
  name,
  type: "enum",
  enumeration: { name: enumName, prefix },
  values: Object.keys(values)
    .filter((each) => !each.endsWith("_UNSPECIFIED"))
    .map((each) => each.slice(prefix.length)),
  ...more,
});

const field = (name: string, type: FieldType, more: Partial<NamedField> = {}): NamedField => ({
  name,
  type,
  ...more,
});
const always = { always: true };

const FIXED: readonly NamedField[] = [
  field("display_name", "text", { ...always, personal: true }),
  field("owner_id", "ref"),
  field("tags", "tags"),
  enumField("grade", "Grade", Grade, "GRADE_"),
  enumField("lifecycle_stage", "LifecycleStage", LifecycleStage, "LIFECYCLE_STAGE_", always),
  enumField("customer_class", "CustomerClass", CustomerClass, "CUSTOMER_CLASS_", always),
  enumField("relationship_level", "RelationshipLevel", RelationshipLevel, "RELATIONSHIP_LEVEL_"),
  enumField("loyalty", "Loyalty", Loyalty, "LOYALTY_"),
  enumField("kind", "CustomerKind", CustomerKind, "KIND_", always),
  { ...enumField("party_roles", "PartyRole", PartyRole, "PARTY_ROLE_"), type: "tags" },
  field("core", "bool", always),
  field("city", "text"),
  field("region_code", "text"),
  field("industry", "text"),
  field("category_id", "ref"),
  enumField("source_channel", "SourceChannel", SourceChannel, "CHANNEL_"),
  field("source_campaign", "text"),
  field("completeness", "int", always),
  field("legal_name", "text", { personal: true }),
  field("credit_code", "text"),
  field("birth_date", "date", { personal: true }),
  enumField("churn_reason", "ChurnReason", ChurnReason, "CHURN_REASON_"),
  field("create_time", "time", always),
  field("create_date", "date", always),
  field("update_time", "time", always),
  field("owner_since_time", "time"),
  field("lifecycle_stage_since_time", "time"),
  field("customer_class_since_time", "time"),
  field("grade_since_time", "time"),
  field("relationship_level_since_time", "time"),
];

const TYPES: Record<FieldDefinitionType, FieldType | undefined> = {
  TYPE_UNSPECIFIED: undefined,
  TYPE_TEXT: "text",
  TYPE_NUMBER: "int",
  TYPE_DECIMAL: "decimal",
  TYPE_BOOL: "bool",
  TYPE_DATE: "date",
  TYPE_TIME: "time",
  TYPE_ENUM: "enum",
};

/** All that this person may ask for. */
export function fieldsFor(
  definitions: readonly FieldDefinition[],
  personal: boolean,
): ReadonlyMap<string, NamedField> {
  const own = definitions.filter(({ filterable }) => filterable).flatMap(customField);
  const shown = [...FIXED, ...own].filter((each) => personal || !each.personal);
  return new Map(shown.map((each) => [each.name, each])) satisfies Fields;
}

function customField(definition: FieldDefinition): NamedField[] {
  const { key, type, options, personal } = definition;
  const kind = TYPES[type];
  if (!kind) return [];
  const values = kind === "enum" ? { values: options.map(({ value }) => value) } : {};
  return [{ name: `custom.${key}`, type: kind, personal, definition, ...values }];
}
