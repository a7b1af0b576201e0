// What columns of a file of leads can fill, with the headers of the known systems.
import { Source_Channel } from "@guanxi/contract/guanxi/customer/v1/customer";
import { Lead_DisqualifyReason, Lead_Status } from "@guanxi/contract/guanxi/sales/v1/lead";
import type { Field } from "@guanxi/import/service/kind";
import { namesOf } from "@guanxi/kit/enum-names";

/** What became a customer comes as one: by a file of customers. */
const STATUSES = namesOf(Lead_Status).filter((status) => status !== "CONVERTED");

export const LEAD_FIELDS: readonly Field[] = [
  { name: "external_id", kind: "text", headers: ["Lead ID", "Record ID", "Id", "线索编号"] },
  {
    name: "person_name",
    kind: "text",
    headers: ["Name", "Full Name", "Lead Name", "Contact", "姓名", "联系人", "线索名称"],
  },
  { name: "first_name", kind: "text", headers: ["First Name", "Given Name", "名"] },
  { name: "last_name", kind: "text", headers: ["Last Name", "Surname", "Family Name", "姓"] },
  {
    name: "organisation_name",
    kind: "text",
    headers: [
      "Company",
      "Company Name",
      "Organization",
      "Organisation",
      "Account",
      "公司",
      "公司名称",
      "企业名称",
      "单位",
    ],
  },
  {
    name: "job_title",
    kind: "text",
    headers: ["Title", "Job Title", "Position", "Designation", "职位", "职务"],
  },
  {
    name: "email",
    kind: "text",
    headers: ["E-mail", "Email Address", "E-mail Address", "邮箱", "电子邮件", "邮件"],
  },
  {
    name: "phone",
    kind: "text",
    headers: [
      "Phone Number",
      "Mobile",
      "Mobile Phone",
      "Telephone",
      "Tel",
      "手机",
      "手机号",
      "电话",
      "联系电话",
    ],
  },
  { name: "region", kind: "text", headers: ["Country", "Country/Region", "国家"] },
  { name: "city", kind: "text", headers: ["Town", "城市", "市"] },
  {
    name: "source_channel",
    kind: "enum",
    headers: ["Lead Source", "Source", "Original Source", "来源", "线索来源"],
    values: namesOf(Source_Channel),
  },
  { name: "source_detail", kind: "text", headers: ["Lead Source Detail", "来源说明"] },
  { name: "source_campaign", kind: "text", headers: ["Campaign", "Campaign Name", "市场活动", "活动"] },
  {
    name: "interest",
    kind: "text",
    headers: ["Description", "Message", "Product Interest", "需求描述", "意向", "意向产品"],
  },
  { name: "status", kind: "enum", headers: ["Lead Status", "状态", "线索状态"], values: STATUSES },
  {
    name: "disqualify_reason",
    kind: "enum",
    headers: ["Unqualified Reason", "Disqualified Reason", "无效原因"],
    values: namesOf(Lead_DisqualifyReason),
  },
  {
    name: "owner",
    kind: "reference",
    action: "assign",
    headers: ["Lead Owner", "Contact Owner", "Sales Rep", "负责人", "跟进人", "所有者"],
  },
  {
    name: "create_date",
    kind: "date",
    headers: ["Created", "Created Date", "Create Date", "Date", "创建时间", "创建日期"],
  },
  { name: "budget", kind: "money", headers: ["Budget Amount", "预算"] },
  { name: "currency_code", kind: "text", headers: ["Currency", "币种"] },
  { name: "authority", kind: "text", headers: ["Decision Maker", "决策人"] },
  { name: "need", kind: "text", headers: ["Needs", "Requirement", "需求"] },
  { name: "timing", kind: "date", headers: ["Timeline", "Purchase Timeframe", "预计采购时间"] },
];
