// What columns of a file of cases can fill, with the headers of the known systems. The clocks of a case run from its open_time where
// it is open and the row has not stated how the promise ended; of what is over only the stated outcome is known.
import { Case_Phase, Case_Resolution, Case_RootCause } from "@guanxi/contract/guanxi/service_desk/v1/case";
import type { Field } from "@guanxi/import/service/kind";
import { namesOf } from "@guanxi/kit/enum-names";

const KIND: Field = { name: "kind", kind: "text", headers: ["Case Type", "Ticket Type", "Type", "工单类型"] };

const FIELDS: readonly Field[] = [
  {
    name: "external_id",
    kind: "text",
    headers: [
      "Case Number",
      "Ticket ID",
      "Ticket Number",
      "Complaint ID",
      "Number",
      "Id",
      "工单编号",
      "投诉编号",
    ],
  },
  {
    name: "subject",
    kind: "text",
    headers: ["Title", "Summary", "Short Description", "Issue", "主题", "标题"],
  },
  { name: "description", kind: "text", headers: ["Details", "Body", "描述", "内容", "投诉内容"] },
  // The parts of one topic, from the general to the particular: Billing and Refund are billing/refund in the tenant's words.
  {
    name: "topic",
    kind: "text",
    repeated: true,
    headers: ["Category", "Subcategory", "Case Reason", "分类", "类别", "子类别"],
  },
  { name: "phase", kind: "enum", headers: ["Stage", "阶段"], values: namesOf(Case_Phase) },
  {
    name: "origin",
    kind: "text",
    headers: ["Case Origin", "Channel", "Contact Type", "Source", "来源", "渠道"],
  },
  { name: "priority", kind: "text", headers: ["Severity", "Urgency", "优先级", "紧急程度"] },
  { name: "status", kind: "text", headers: ["State", "Case Status", "Ticket Status", "状态", "工单状态"] },
  {
    name: "customer",
    kind: "reference",
    headers: ["Account", "Account Name", "Company", "Customer Name", "客户", "客户名称", "公司"],
  },
  { name: "product", kind: "reference", headers: ["Product Code", "SKU", "产品", "产品编码"] },
  { name: "serial_number", kind: "text", headers: ["Serial", "Serial No", "序列号"] },
  // A queue of this name has the case; where there is none, the case gets the tag team:<name>.
  { name: "team", kind: "text", headers: ["Queue", "Group", "Assignment Group", "队列", "班组", "处理部门"] },
  {
    name: "assignee",
    kind: "reference",
    action: "assign",
    headers: ["Assigned To", "Agent", "Case Owner", "Owner", "处理人", "负责人"],
  },
  {
    name: "open_time",
    kind: "time",
    headers: ["Opened", "Opened At", "Created", "Date Received", "创建时间", "受理时间"],
  },
  { name: "acknowledge_time", kind: "time", headers: ["Acknowledged", "Acknowledged At", "确认时间"] },
  {
    name: "first_response_time",
    kind: "time",
    headers: ["First Response", "First Responded At", "Date Sent To Company", "首次响应时间"],
  },
  { name: "resolve_time", kind: "time", headers: ["Resolved", "Resolved At", "Solved At", "解决时间"] },
  { name: "close_time", kind: "time", headers: ["Closed", "Closed At", "Date Closed", "关闭时间"] },
  { name: "reopen_count", kind: "number", headers: ["Reopens", "Reopened", "重开次数"] },
  { name: "reassignment_count", kind: "number", headers: ["Reassignments", "转派次数"] },
  // Whether the promised time of the solution was kept. Of a case that is still open only a no is an outcome.
  { name: "sla_met", kind: "bool", headers: ["Made SLA", "SLA Met", "是否达标"] },
  // Whether the first response came in time.
  { name: "timely", kind: "bool", headers: ["Timely Response", "Timely Response?", "是否及时响应"] },
  { name: "resolution", kind: "enum", headers: ["Resolution Code"], values: namesOf(Case_Resolution) },
  {
    name: "resolution_note",
    kind: "text",
    headers: ["Resolution Notes", "Company Response", "Close Notes", "处理结果"],
  },
  { name: "root_cause", kind: "enum", headers: ["Cause", "原因"], values: namesOf(Case_RootCause) },
  { name: "root_cause_note", kind: "text", headers: ["Cause Notes", "原因说明"] },
  { name: "tags", kind: "text", repeated: true, headers: ["Tag", "Labels", "标签"] },
];

export const CASE_FIELDS: readonly Field[] = [KIND, ...FIELDS];
/** A file of complaints need not say of each row that it is one. */
export const COMPLAINT_FIELDS: readonly Field[] = FIELDS;
