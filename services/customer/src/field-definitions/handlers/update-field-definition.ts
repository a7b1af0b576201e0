import { isDeepStrictEqual } from "node:util";
import { FieldChanged } from "@guanxi/contract/guanxi/customer/v1/field_definition_events";
import {
  FieldDefinition,
  type UpdateFieldDefinitionRequest,
} from "@guanxi/contract/guanxi/customer/v1/field_definition_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lock, record } from "@guanxi/kit/store";
import { changeDefinition } from "../field-definition.ts";
import { fieldDefinitions, presentDefinition } from "../field-definitions.ts";

export const updateFieldDefinition = command<UpdateFieldDefinitionRequest, FieldDefinition>(
  async (request, at) => {
    const { fieldDefinition: sent, etag, updateMask } = request;
    const before = await lock(at, fieldDefinitions, sent?.fieldDefinitionId ?? "");
    requireEtag(before, etag);
    const merged = merge(FieldDefinition, presentDefinition(before), sent, updateMask);
    const after = changeDefinition(before, at.check(FieldDefinition, merged, "field_definition"), at.now);
    if (isDeepStrictEqual({ ...after, updateTime: before.updateTime }, before))
      return presentDefinition(before);
    return presentDefinition(record(at, fieldDefinitions, after, FieldChanged));
  },
);
