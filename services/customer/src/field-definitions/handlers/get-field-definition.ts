import type {
  FieldDefinition,
  GetFieldDefinitionRequest,
} from "@guanxi/contract/guanxi/customer/v1/field_definition_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { fieldDefinitions, presentDefinition } from "../field-definitions.ts";

export const getFieldDefinition = query<GetFieldDefinitionRequest, FieldDefinition>(async (request, at) =>
  presentDefinition(await get(at, fieldDefinitions, request.fieldDefinitionId)),
);
