import { Grade } from "@guanxi/contract/guanxi/customer/v1/customer";
import { Channel } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import { ResponseTarget } from "@guanxi/contract/guanxi/interaction/v1/response_target";
import type { At } from "@guanxi/kit/at";
import { nameOf, namesOf } from "@guanxi/kit/enum-names";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { refuse } from "@guanxi/kit/refuse";
import { named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import type { ChannelName } from "../interactions/interaction-state.ts";
import { present, type ResponseTargetState, type Terms, termsAmong } from "./response-target.ts";

const responseTargetTable = new EntitySchema<ResponseTargetState>({
  name: "response_target",
  tableName: "response_targets",
  columns: {
    tenantId: { name: "tenant_id", type: "uuid", primary: true, select: false },
    responseTargetId: { name: "response_target_id", type: "uuid", primary: true },
    channel: { type: "text" },
    grade: { type: "text" },
    replyMinutes: { name: "reply_minutes", type: "int" },
    silenceDays: { name: "silence_days", type: "int" },
    createTime: { name: "create_time", type: "timestamptz" },
    updateTime: { name: "update_time", type: "timestamptz" },
    version: { type: "int" },
  } as never, // the tenant is the database's business, so no part of the state
});

export const responseTargets = table({
  entity: responseTargetTable,
  message: ResponseTarget,
  present,
  violations: {
    response_targets_once: () =>
      refuse("exists", "TARGET_EXISTS", "The channel has a target for this grade already: change that one."),
  },
});

/** What a condition over targets may name, as published at ListResponseTargetsRequest.filter. */
export const responseTargetFields = catalogue<ResponseTargetState>({ id: "response_target_id", side: "" }, [
  {
    name: "channel",
    type: "enum",
    stored: { column: "channel" },
    read: ({ channel }) => channel,
    values: namesOf(Channel),
  },
  {
    name: "create_time",
    type: "time",
    stored: { column: "create_time" },
    read: ({ createTime }) => createTime,
  },
]);

/** What holds for a customer on a channel; for somebody unknown, what holds for all. */
export async function termsFor(at: At, channel: ChannelName, customerId: string | null): Promise<Terms> {
  const rows = await named<Terms & { grade: ResponseTargetState["grade"]; customerGrade: number | null }>(
    at,
    {
      name: "response targets of channel",
      text: `select t.grade, t.reply_minutes as "replyMinutes", t.silence_days as "silenceDays",
        (select c.grade from customers c where c.customer_id = $2::uuid) as "customerGrade"
      from response_targets t where t.channel = $1`,
      values: [channel, customerId],
    },
  );
  const grade = rows[0]?.customerGrade ? nameOf(Grade, rows[0].customerGrade) : null;
  return termsAmong(rows, channel, grade);
}
