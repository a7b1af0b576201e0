import type { MessageTemplate } from "@guanxi/contract/guanxi/marketing/v1/message_template";
import type { GetMessageTemplateRequest } from "@guanxi/contract/guanxi/marketing/v1/message_template_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { presentTemplate } from "../present.ts";
import { templates } from "../templates.ts";

export const getMessageTemplate = query<GetMessageTemplateRequest, MessageTemplate>(
  async ({ templateId }, at) => presentTemplate(await get(at, templates, templateId)),
);
