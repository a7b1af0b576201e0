// What columns of a file of contacts can fill, with the headers of the known systems.
import { Channel, Direction, Interaction_Outcome } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import type { Field } from "@guanxi/import/service/kind";
import { namesOf } from "@guanxi/kit/enum-names";

export const INTERACTION_FIELDS: readonly Field[] = [
  {
    name: "external_id",
    kind: "text",
    headers: ["Interaction ID", "Message ID", "tweet_id", "Id", "沟通编号", "编号"],
  },
  { name: "channel", kind: "enum", headers: ["渠道", "沟通方式"], values: namesOf(Channel) },
  { name: "direction", kind: "enum", headers: ["方向"], values: namesOf(Direction) },
  {
    name: "customer",
    kind: "reference",
    headers: ["Account", "Account Name", "Customer Name", "客户", "客户名称", "客户编号"],
  },
  {
    name: "user",
    kind: "reference",
    headers: ["Agent", "Owner", "Rep", "跟进人", "客服", "坐席"],
  },
  {
    name: "party_address",
    kind: "text",
    headers: ["From", "Author", "Email", "Phone", "邮箱", "电话", "账号"],
  },
  { name: "party_name", kind: "text", headers: ["From Name", "Contact Name", "联系人", "姓名"] },
  { name: "subject", kind: "text", headers: ["Title", "主题", "标题"] },
  {
    name: "body",
    kind: "text",
    required: true,
    headers: ["Text", "Message", "Content", "Description", "Notes", "内容", "沟通内容", "跟进内容"],
  },
  {
    name: "event_time",
    kind: "time",
    headers: ["Time", "Created", "Created At", "tweet_created", "Date", "时间", "沟通时间", "跟进时间"],
  },
  { name: "topic", kind: "text", headers: ["Category", "Reason", "Topic", "主题分类", "分类"] },
  { name: "network", kind: "text", headers: ["Social Network", "平台"] },
  { name: "thread", kind: "text", headers: ["Thread ID", "Conversation", "会话"] },
  { name: "duration_seconds", kind: "number", headers: ["Duration", "Talk Time", "时长"] },
  {
    name: "outcome",
    kind: "enum",
    headers: ["Result", "结果", "跟进结果"],
    values: namesOf(Interaction_Outcome),
  },
];
