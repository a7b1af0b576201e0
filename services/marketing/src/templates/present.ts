import {
  type MessageTemplate,
  MessageTemplate_State,
} from "@guanxi/contract/guanxi/marketing/v1/message_template";
import { numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import type { TemplateState } from "./template-state.ts";

/** The whole public state, as events carry it. */
export const presentTemplate = (template: TemplateState): MessageTemplate => ({
  templateId: template.templateId,
  name: template.name,
  variants: template.variants.map((variant) => ({ ...variant })),
  state: numberOf(MessageTemplate_State, template.state),
  createTime: template.createTime,
  updateTime: template.updateTime,
  etag: etagOf(template),
});
