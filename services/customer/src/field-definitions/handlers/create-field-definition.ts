import { FieldDefined } from "@guanxi/contract/guanxi/customer/v1/field_definition_events";
import {
  type CreateFieldDefinitionRequest,
  FieldDefinition,
} from "@guanxi/contract/guanxi/customer/v1/field_definition_service";
import { command } from "@guanxi/kit/handler";
import { record } from "@guanxi/kit/store";
import { define } from "../field-definition.ts";
import {
  allDefinitions,
  fieldDefinitions,
  holdDefinitions,
  presentDefinition,
} from "../field-definitions.ts";

export const createFieldDefinition = command<CreateFieldDefinitionRequest, FieldDefinition>(
  async (request, at) => {
    const sent = FieldDefinition.fromPartial(request.fieldDefinition ?? {});
    await holdDefinitions(at);
    const existing = await allDefinitions(at);
    const definition = define(sent, at.newId(), existing.length, at.now);
    return presentDefinition(record(at, fieldDefinitions, definition, FieldDefined));
  },
);
