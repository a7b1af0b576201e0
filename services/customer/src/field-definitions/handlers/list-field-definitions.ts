import type {
  ListFieldDefinitionsRequest,
  ListFieldDefinitionsResponse,
} from "@guanxi/contract/guanxi/customer/v1/field_definition_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { definitionFields, fieldDefinitions, presentDefinition } from "../field-definitions.ts";

export const listFieldDefinitions = query<ListFieldDefinitionsRequest, ListFieldDefinitionsResponse>(
  async (request, at) => {
    const { items, nextPageToken } = await list(at, fieldDefinitions, {
      request,
      catalogue: definitionFields,
      orders: ["key", "create_time"],
    });
    return { fieldDefinitions: items.map(presentDefinition), nextPageToken };
  },
);
