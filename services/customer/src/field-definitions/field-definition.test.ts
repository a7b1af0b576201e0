import {
  FieldDefinition,
  FieldDefinition_Type as Type,
} from "@guanxi/contract/guanxi/customer/v1/field_definition_service";
import { expect, test } from "vitest";
import { definition, ID, now } from "../../test/builders.ts";
import { changeDefinition, define } from "./field-definition.ts";

const sent = (given: object) => FieldDefinition.fromPartial({ key: "plan", type: Type.TEXT, ...given });
const options = (...values: string[]) => values.map((value) => ({ value, labels: {} }));
const violation = (field: string) =>
  expect.objectContaining({ violations: [expect.objectContaining({ field })] });

test("options belong to enums, each once", () => {
  expect(define(sent({ type: Type.ENUM, options: options("A", "B") }), ID, 0, now)).toMatchObject({
    type: "ENUM",
    version: 0,
  });
  for (const wrong of [
    { type: Type.ENUM },
    { options: options("A") },
    { type: Type.ENUM, options: options("A", "A") },
  ]) {
    expect(() => define(sent(wrong), ID, 0, now)).toThrow(violation("field_definition.options"));
  }
  expect(() => define(sent({ type: Type.BOOL, unique: true }), ID, 0, now)).toThrow(
    violation("field_definition.unique"),
  );
});

test("there are at most 200", () => {
  expect(define(sent({}), ID, 199, now).key).toBe("plan");
  expect(() => define(sent({}), ID, 200, now)).toThrow(
    expect.objectContaining({ reason: "TOO_MANY_FIELDS" }),
  );
});

test("an enum grows and never shrinks", () => {
  const plan = definition({ type: "ENUM", options: options("FREE") });
  expect(changeDefinition(plan, sent({ options: options("TEAM", "FREE") }), now).options).toHaveLength(2);
  expect(() => changeDefinition(plan, sent({ options: options("TEAM") }), now)).toThrow(
    expect.objectContaining({ reason: "OPTION_KEPT" }),
  );
});
