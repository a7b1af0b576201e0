// What columns of a file can say of a contact, and by which headers systems export it.
import {
  Affiliation_Role as Role,
  Affiliation_Seniority as Seniority,
} from "@guanxi/contract/guanxi/customer/v1/contact";
import type { Field } from "@guanxi/import/service/kind";
import { namesOf } from "@guanxi/kit/enum-names";
import { nameFields } from "./customer-fields.ts";
import { pointFields } from "./points.ts";

export const contactFields: readonly Field[] = [
  {
    name: "external_id",
    kind: "text",
    headers: ["ID", "Record ID", "UID", "Contact ID", "编号", "联系人编号"],
  },
  {
    name: "display_name",
    kind: "text",
    headers: ["Name", "Full Name", "Contact Name", "Lead Name", "名称", "姓名", "联系人", "联系人姓名"],
  },
  ...nameFields,
  { name: "nickname", kind: "text", headers: ["昵称"] },
  ...pointFields,
  {
    name: "company",
    kind: "reference",
    headers: [
      "Company Name",
      "Organization",
      "Organization Name",
      "Organisation",
      "Account",
      "Account Name",
      "Associated Company",
      "Account ID",
      "Company ID",
      "公司",
      "公司名称",
      "单位",
      "客户",
      "客户名称",
      "所属客户",
      "客户编号",
    ],
  },
  {
    name: "job_title",
    kind: "text",
    headers: ["Organization Title", "Position", "职务", "职位", "岗位"],
  },
  {
    name: "department",
    kind: "text",
    headers: ["Organization Department", "部门", "所属部门"],
  },
  // Not "role": in cards that is a profession.
  { name: "buying_role", kind: "enum", headers: ["决策角色"], values: namesOf(Role) },
  { name: "seniority", kind: "enum", headers: [], values: namesOf(Seniority) },
];
