import type { MessageTemplate } from "@guanxi/contract/guanxi/marketing/v1/message_template";
import { MessageTemplateArchived } from "@guanxi/contract/guanxi/marketing/v1/message_template_events";
import type { ArchiveMessageTemplateRequest } from "@guanxi/contract/guanxi/marketing/v1/message_template_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { archive } from "../template.ts";
import { presentTemplate } from "../present.ts";
import { templates } from "../templates.ts";

export const archiveMessageTemplate = command<ArchiveMessageTemplateRequest, MessageTemplate>(
  async (request, at) => {
    const before = await lock(at, templates, request.templateId);
    matchEtag(before, request.etag);
    const after = archive(before, at.now);
    return presentTemplate(after === before ? before : record(at, templates, after, MessageTemplateArchived));
  },
);
