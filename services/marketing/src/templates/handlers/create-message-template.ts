import { MessageTemplate } from "@guanxi/contract/guanxi/marketing/v1/message_template";
import { MessageTemplateCreated } from "@guanxi/contract/guanxi/marketing/v1/message_template_events";
import type { CreateMessageTemplateRequest } from "@guanxi/contract/guanxi/marketing/v1/message_template_service";
import { command } from "@guanxi/kit/handler";
import { record } from "@guanxi/kit/store";
import { create } from "../template.ts";
import { presentTemplate } from "../present.ts";
import { templates } from "../templates.ts";

export const createMessageTemplate = command<CreateMessageTemplateRequest, MessageTemplate>(
  async (request, at) => {
    const sent = MessageTemplate.fromPartial(request.messageTemplate ?? {});
    return presentTemplate(record(at, templates, create(sent, at.newId(), at.now), MessageTemplateCreated));
  },
);
