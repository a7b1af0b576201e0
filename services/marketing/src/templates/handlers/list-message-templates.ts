import type {
  ListMessageTemplatesRequest,
  ListMessageTemplatesResponse,
} from "@guanxi/contract/guanxi/marketing/v1/message_template_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { presentTemplate } from "../present.ts";
import { templateFields, templates } from "../templates.ts";

export const listMessageTemplates = query<ListMessageTemplatesRequest, ListMessageTemplatesResponse>(
  async (request, at) => {
    const { items, nextPageToken } = await list(at, templates, {
      request,
      catalogue: templateFields,
      orders: ["name", "create_time", "update_time"],
    });
    return { messageTemplates: items.map(presentTemplate), nextPageToken };
  },
);
