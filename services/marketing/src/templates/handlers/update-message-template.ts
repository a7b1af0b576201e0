import { isDeepStrictEqual } from "node:util";
import { MessageTemplate } from "@guanxi/contract/guanxi/marketing/v1/message_template";
import { MessageTemplateChanged } from "@guanxi/contract/guanxi/marketing/v1/message_template_events";
import type { UpdateMessageTemplateRequest } from "@guanxi/contract/guanxi/marketing/v1/message_template_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lock, record } from "@guanxi/kit/store";
import { change } from "../template.ts";
import { presentTemplate } from "../present.ts";
import { templates } from "../templates.ts";

export const updateMessageTemplate = command<UpdateMessageTemplateRequest, MessageTemplate>(
  async (request, at) => {
    const { messageTemplate: sent, etag, updateMask } = request;
    const before = await lock(at, templates, sent?.templateId ?? "");
    requireEtag(before, etag);
    const kept = at.check(
      MessageTemplate,
      merge(MessageTemplate, presentTemplate(before), sent, updateMask),
      "message_template",
    );
    const after = change(before, kept, at.now);
    if (isDeepStrictEqual({ ...after, updateTime: before.updateTime }, before))
      return presentTemplate(before);
    return presentTemplate(record(at, templates, after, MessageTemplateChanged));
  },
);
