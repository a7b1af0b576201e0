import {
  type FieldDefinition,
  type FieldDefinition_Option as Option,
  FieldDefinition_Type as Type,
} from "@guanxi/contract/guanxi/customer/v1/field_definition_service";
import { refuse, type Violation } from "@guanxi/kit/refuse";
import { type NameOf, nameOf } from "@guanxi/kit/enum-names";

export type FieldType = NameOf<typeof Type>;

export interface FieldDefinitionState {
  readonly fieldDefinitionId: string;
  readonly key: string;
  readonly type: FieldType;
  readonly labels: Readonly<Record<string, string>>;
  readonly required: boolean;
  readonly unique: boolean;
  readonly filterable: boolean;
  readonly personal: boolean;
  readonly options: readonly Option[];
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

/** What a list of 200 holds: each definition is read with each customer that is written. */
const MOST = 200;

export function define(sent: FieldDefinition, id: string, existing: number, now: Date): FieldDefinitionState {
  if (existing >= MOST) {
    throw refuse("precondition", "TOO_MANY_FIELDS", `A tenant has at most ${MOST} fields of its own.`);
  }
  const { key, labels, required, unique, filterable, personal, options } = sent;
  const type = nameOf(Type, sent.type) ?? "TEXT";
  const violations = [...optionViolations(type, options)];
  if (unique && type === "BOOL")
    violations.push({ field: "unique", description: "has no use for true and false" });
  if (violations.length > 0) throw invalid(violations);
  const times = { createTime: now, updateTime: now };
  return {
    fieldDefinitionId: id,
    key,
    type,
    labels,
    required,
    unique,
    filterable,
    personal,
    options,
    ...times,
    version: 0,
  };
}

export function changeDefinition(
  definition: FieldDefinitionState,
  { labels, options }: FieldDefinition,
  now: Date,
): FieldDefinitionState {
  const violations = optionViolations(definition.type, options);
  if (violations.length > 0) throw invalid(violations);
  const gone = definition.options.filter(({ value }) => !options.some((option) => option.value === value));
  if (gone.length > 0) {
    throw refuse(
      "precondition",
      "OPTION_KEPT",
      `Customers may have ${gone[0]!.value}: an option is never removed.`,
    );
  }
  return { ...definition, labels, options, updateTime: now };
}

function optionViolations(type: FieldType, options: readonly Option[]): Violation[] {
  const values = options.map(({ value }) => value);
  const found = [
    type === "ENUM" && values.length === 0 && "must be named for an enum",
    type !== "ENUM" && values.length > 0 && "belong to enums",
    new Set(values).size < values.length && "must not repeat one",
  ];
  return found.filter((each) => each !== false).map((description) => ({ field: "options", description }));
}

const invalid = (violations: readonly Violation[]) =>
  refuse(
    "invalid",
    "INVALID_REQUEST",
    "The definition does not keep the rules.",
    violations.map((each) => ({ ...each, field: `field_definition.${each.field}` })),
  );
