import {
  MessageTemplate,
  MessageTemplate_State,
} from "@guanxi/contract/guanxi/marketing/v1/message_template";
import { namesOf } from "@guanxi/kit/enum-names";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { refuse } from "@guanxi/kit/refuse";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { column } from "../columns.ts";
import { presentTemplate } from "./present.ts";
import type { TemplateState } from "./template-state.ts";

export const templates = table({
  entity: new EntitySchema<TemplateState>({
    name: "message_template",
    tableName: "message_templates",
    columns: {
      templateId: { name: "template_id", type: "uuid", primary: true },
      name: { type: "text" },
      variants: { type: "jsonb" },
      state: { type: "text" },
      createTime: { name: "create_time", type: "timestamptz" },
      updateTime: { name: "update_time", type: "timestamptz" },
      version: { type: "int" },
    },
  }),
  message: MessageTemplate,
  present: presentTemplate,
  violations: {
    message_templates_by_name: () =>
      refuse("exists", "TEMPLATE_EXISTS", "There is a template of this name: take another name."),
  },
});

/** What a condition over templates may name, as published at ListMessageTemplatesRequest.filter. */
export const templateFields = catalogue<TemplateState>({ id: "template_id", side: "" }, [
  column("name", "text", ({ name }) => name),
  column("state", "enum", ({ state }) => state, { values: namesOf(MessageTemplate_State) }),
  column("create_time", "time", ({ createTime }) => createTime),
  column("update_time", "time", ({ updateTime }) => updateTime),
]);
