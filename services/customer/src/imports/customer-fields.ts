// What columns of a file can say of a customer, and by which headers systems export it.
import type { Field } from "@guanxi/import/service/kind";
import type { FieldDefinitionState, FieldType } from "../field-definitions/field-definition.ts";
import { addressFields } from "./addresses.ts";
import { consentFields } from "./consents.ts";
import { pointFields } from "./points.ts";
import { allOf, CHANNELS, CLASSES, GRADES, KINDS, LEVELS, STAGES } from "./words.ts";

const field = (name: string, kind: Field["kind"], headers: string, values?: readonly string[]): Field => ({
  name,
  kind,
  headers: headers === "" ? [] : headers.split(", "),
  ...(values && { values }),
});

/** Whoever is one person is told by the parts of the name, which some systems export only in parts. */
export const nameFields: Field[] = [
  field("first_name", "text", "Given Name, Forename, 名"),
  field("middle_name", "text", "Additional Name"),
  field("last_name", "text", "Family Name, Surname, 姓, 姓氏"),
  field("name_suffix", "text", "Suffix"),
];

const fixed: readonly Field[] = [
  field(
    "external_id",
    "text",
    "ID, Record ID, UID, Account ID, Customer ID, Company ID, Contact ID, 编号, 客户编号, 客户ID, 客户代码",
  ),
  field("kind", "enum", "Customer Kind, 客户性质", allOf(KINDS)),
  field(
    "display_name",
    "text",
    "Name, Full Name, Account Name, Account, Customer, Customer Name, 名称, 姓名, 客户, 客户名称, 客户姓名",
  ),
  ...nameFields,
  field(
    "company",
    "text",
    "Company Name, Organization, Organization Name, Organisation, 公司, 公司名称, 企业名称, 单位, 单位名称",
  ),
  field("legal_name", "text", "Registered Name, 法定名称, 工商注册名称, 注册名称"),
  field(
    "credit_code",
    "text",
    "Unified Social Credit Code, 统一社会信用代码, 信用代码, 社会信用代码, 纳税人识别号",
  ),
  ...pointFields,
  ...addressFields,
  field("birth_date", "date", "Birthday, Date of Birth, Birthdate, 生日, 出生日期"),
  field("birth_year", "number", ""),
  field("birth_month", "number", ""),
  // "Birth Day" is read as the whole birthday, which by far more systems mean by it.
  field("birth_month_day", "number", ""),
  field("industry", "text", "Sector, Company Industry, 行业, 所属行业"),
  field("party_roles", "text", "Party Role, 往来角色"),
  field("tags", "text", "Tag, Labels, Categories, Group Membership, 标签, 客户标签"),
  {
    ...field(
      "owner",
      "reference",
      "Account Owner, Company Owner, Contact Owner, Lead Owner, Sales Agent, 负责人, 客户负责人, 所有人, 归属人, 业务员",
    ),
    action: "change_owner",
  },
  field("category", "reference", "Customer Category, 分类, 客户分类, 类别"),
  field("grade", "enum", "Customer Grade, 客户等级, 等级", allOf(GRADES)),
  field("lifecycle_stage", "enum", "生命周期, 生命周期阶段", allOf(STAGES)),
  field("customer_class", "enum", "", allOf(CLASSES)),
  field("relationship_level", "enum", "关系等级, 关系级别", allOf(LEVELS)),
  field(
    "source_channel",
    "text",
    "Source, Lead Source, Account Source, Original Source, 来源, 客户来源, 来源渠道, 渠道",
  ),
  field("source_detail", "text", "Source Detail, Lead Source Detail, 来源说明"),
  field("source_campaign", "text", "Campaign, 市场活动"),
  field("first_touch_time", "time", "First Visit, 首次接触时间"),
  field("preferred_channel", "enum", "Preferred Contact Method, 首选联系方式, 偏好渠道", allOf(CHANNELS)),
  field("language", "text", "Preferred Language, 语言"),
  ...consentFields,
];

/** A decimal goes the way of money, since a number of JavaScript would round it. */
const KINDS_OF: Record<FieldType, Field["kind"]> = {
  TEXT: "text",
  NUMBER: "number",
  DECIMAL: "money",
  BOOL: "bool",
  DATE: "date",
  TIME: "time",
  ENUM: "enum",
};

/** With the tenant's own fields, found by their keys and by what the tenant calls them. */
export const customerFields = (definitions: readonly FieldDefinitionState[]): Field[] => [
  ...fixed,
  ...definitions.map(({ key, type, labels, options }) => ({
    name: `custom.${key}`,
    kind: KINDS_OF[type],
    headers: [key, ...Object.values(labels)],
    ...(type === "ENUM" && { values: options.map(({ value }) => value) }),
  })),
];
