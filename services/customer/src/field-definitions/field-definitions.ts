import {
  FieldDefinition,
  FieldDefinition_Type as Type,
} from "@guanxi/contract/guanxi/customer/v1/field_definition_service";
import type { At } from "@guanxi/kit/at";
import { etagOf } from "@guanxi/kit/etag";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { list } from "@guanxi/kit/list";
import { refuse } from "@guanxi/kit/refuse";
import { named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { numberOf } from "@guanxi/kit/enum-names";
import type { FieldDefinitionState } from "./field-definition.ts";

const definitionTable = new EntitySchema<FieldDefinitionState>({
  name: "field_definition",
  tableName: "field_definitions",
  columns: {
    tenantId: { name: "tenant_id", type: "uuid", primary: true, select: false },
    fieldDefinitionId: { name: "field_definition_id", type: "uuid", primary: true },
    key: { type: "text" },
    type: { type: "text" },
    labels: { type: "jsonb" },
    required: { type: "bool" },
    unique: { name: "is_unique", type: "bool" }, // unique is a word of SQL
    filterable: { type: "bool" },
    personal: { type: "bool" },
    options: { type: "jsonb" },
    createTime: { name: "create_time", type: "timestamptz" },
    updateTime: { name: "update_time", type: "timestamptz" },
    version: { type: "int" },
  } as never, // the tenant is the database's business, so no part of the state
});

export const presentDefinition = ({ version, ...definition }: FieldDefinitionState): FieldDefinition => ({
  ...definition,
  type: numberOf(Type, definition.type),
  labels: { ...definition.labels },
  options: [...definition.options],
  etag: etagOf({ version }),
});

export const fieldDefinitions = table({
  entity: definitionTable,
  message: FieldDefinition,
  present: presentDefinition,
  violations: {
    field_definitions_key: () =>
      refuse("exists", "FIELD_EXISTS", "There is a field with this key.", [
        { field: "field_definition.key", description: "is taken", reason: "TAKEN" },
      ]),
  },
});

export const definitionFields = catalogue<FieldDefinitionState>(
  { id: "field_definition_id", side: "field_definition_values" },
  [
    { name: "key", type: "text", stored: { column: "key" }, read: ({ key }) => key },
    {
      name: "create_time",
      type: "time",
      stored: { column: "create_time" },
      read: ({ createTime }) => createTime,
    },
  ],
);

/** All of the tenant's: there are never more than one page holds. */
export async function allDefinitions(at: At): Promise<FieldDefinitionState[]> {
  const request = { pageSize: 200, pageToken: "" };
  const { items } = await list(at, fieldDefinitions, {
    request,
    catalogue: definitionFields,
    orders: ["key"],
  });
  return items;
}

/** Definitions are made one after the other: each counts those before it. */
export async function holdDefinitions(at: At): Promise<void> {
  at.claim("field_definitions all");
  await named(at, {
    name: "field_definitions hold",
    text: "select pg_advisory_xact_lock(hashtextextended('field_definitions ' || tenant()::text, 0))",
    values: [],
  });
}
