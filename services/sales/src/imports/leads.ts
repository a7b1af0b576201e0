// Files of people and firms who may be interested.
import { Source_Channel } from "@guanxi/contract/guanxi/customer/v1/customer";
import { Lead, Lead_DisqualifyReason, Lead_Status } from "@guanxi/contract/guanxi/sales/v1/lead";
import { LeadChanged, LeadCreated, LeadRemoved } from "@guanxi/contract/guanxi/sales/v1/lead_events";
import {
  type Field,
  type ImportRun,
  importKind,
  type TypedRow,
  type Unit,
} from "@guanxi/import/service/kind";
import type { At } from "@guanxi/kit/at";
import { type NameOf, namesOf } from "../enum-names.ts";
import { withExternalId } from "../external-ids.ts";
import type { LeadState, LeadStatus } from "../leads/lead-state.ts";
import { leads, leadsByExternalId } from "../leads/leads.ts";
import { present } from "../leads/present.ts";
import { regionCodeOf } from "../regions.ts";
import { planned, rowFault } from "./faults.ts";
import { currencyOf } from "./products.ts";
import { type Lookup, usersNamed } from "./references.ts";
import { dayIn, microsIn, textIn } from "./values.ts";

/** What became a customer comes as one: by a file of customers. */
const STATUSES = namesOf(Lead_Status).filter((status) => status !== "CONVERTED");

const FIELDS: readonly Field[] = [
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

export const leadKind = importKind<LeadState>({
  name: "lead",
  resource: "lead",
  fields: async () => FIELDS,
  key: ["external_id"],
  table: leads,
  events: { created: LeadCreated, changed: LeadChanged, removed: LeadRemoved },
  known: leadsByExternalId,
  async plan(at, units, run) {
    const owners = await usersNamed(
      at,
      run.sourceSystem,
      units.map(({ rows: [row] }) => textIn(row!, "owner")).filter((cell) => cell !== ""),
    );
    return units.map((unit) => planned(() => leadOf(at, unit, run, owners), fieldOf));
  },
});

/** lead.external_ids[0].id is filled by external_id. */
const fieldOf = (path: string) => {
  const name = path.split(".").slice(1).at(-1)?.split("[")[0] ?? "";
  return { id: "external_id", region_code: "region", campaign: "source_campaign" }[name] ?? name;
};

function leadOf(at: At, { rows: [row], before }: Unit<LeadState>, run: ImportRun, owners: Lookup): LeadState {
  if (before?.status === "CONVERTED")
    throw rowFault(
      "external_id",
      "LEAD_CONVERTED",
      "The lead is converted: change customer, contact and opportunity.",
    );
  const base = before ?? blank(at);
  const lead: LeadState = {
    ...base,
    ...particularsOf(row!, base, at, run),
    ...(before ? {} : sourceOf(row!, at)),
    ...standingOf(row!, base, { at, run, owners }),
    externalIds: withExternalId(base.externalIds, run.sourceSystem, textIn(row!, "external_id")),
    updateTime: at.now,
  };
  if (!lead.personName && lead.organisationName === "")
    throw rowFault("person_name", "MISSING_VALUE", "Neither a person nor an organisation is named.");
  at.check(Lead, present(lead), "lead");
  return lead;
}

const blank = ({ now, today, newId }: At): LeadState => ({
  leadId: newId(),
  personName: null,
  organisationName: "",
  jobTitle: "",
  email: null,
  phone: null,
  regionCode: null,
  city: null,
  sourceChannel: null,
  sourceDetail: "",
  sourceCampaign: null,
  firstTouchTime: now,
  interest: "",
  status: "NEW",
  statusSinceTime: now,
  ownerId: null,
  qualification: { budget: null, authority: "", need: "", timing: null },
  disqualifyReason: null,
  disqualifyNote: "",
  conversion: null,
  externalIds: [],
  createDate: today,
  createTime: now,
  updateTime: now,
  version: 0,
});

/** What the file does not speak of stays as it was. */
function particularsOf(row: TypedRow, base: LeadState, at: At, { mapped }: ImportRun) {
  const said = <T>(field: string, value: T, before: T): T => (mapped.has(field) ? value : before);
  const text = (field: string) => textIn(row, field);
  const budget = microsIn(row, "budget");
  const amount =
    budget === null ? null : { micros: String(budget), currencyCode: currencyOf(row, at.currencyCode) };
  const was = base.qualification;
  if (budget !== null && budget < 0n)
    throw rowFault("budget", "INVALID_AMOUNT", "A budget must not be negative.");
  return {
    personName: NAMES.some((name) => mapped.has(name)) ? personIn(row) || null : base.personName,
    organisationName: said("organisation_name", text("organisation_name"), base.organisationName),
    jobTitle: said("job_title", text("job_title"), base.jobTitle),
    email: said("email", text("email") || null, base.email),
    phone: said("phone", text("phone") || null, base.phone),
    regionCode: said("region", regionCodeOf(text("region")), base.regionCode),
    city: said("city", text("city") || null, base.city),
    interest: said("interest", text("interest"), base.interest),
    createDate: dayIn(row, "create_date") ?? base.createDate,
    qualification: {
      budget: said("budget", amount, was.budget),
      authority: said("authority", text("authority"), was.authority),
      need: said("need", text("need"), was.need),
      timing: said("timing", dayIn(row, "timing"), was.timing),
    },
  };
}

const NAMES = ["person_name", "first_name", "last_name"];

/** A Chinese name has the family in front, and no blank. */
function personIn(row: TypedRow): string {
  const [first, last] = [textIn(row, "first_name"), textIn(row, "last_name")];
  const isChinese = /^\p{Script=Han}+$/u.test(first + last);
  return textIn(row, "person_name") || (isChinese ? last + first : `${first} ${last}`.trim());
}

/** The first touch, which no later file overwrites. */
function sourceOf(row: TypedRow, { now }: At) {
  const day = dayIn(row, "create_date");
  const touched = day === null ? now : new Date(`${day}T00:00:00Z`);
  return {
    sourceChannel: (textIn(row, "source_channel") || null) as NameOf<typeof Source_Channel> | null,
    sourceDetail: textIn(row, "source_detail"),
    sourceCampaign: textIn(row, "source_campaign") || null,
    firstTouchTime: touched < now ? touched : now,
  };
}

interface Standing {
  readonly at: At;
  readonly run: ImportRun;
  readonly owners: Lookup;
}

function standingOf(row: TypedRow, base: LeadState, { at, run: { mapped }, owners }: Standing) {
  const cell = textIn(row, "owner");
  const owner = cell === "" ? undefined : owners(cell);
  if (owner && "fault" in owner) throw rowFault("owner", owner.fault.reason, owner.fault.message);
  const ownerId = mapped.has("owner") ? (owner?.id ?? null) : base.ownerId;
  const said = textIn(row, "status") as LeadStatus | "";
  const status = said || (base.version > 0 ? base.status : ownerId === null ? "NEW" : "ASSIGNED");
  const reason = textIn(row, "disqualify_reason") as NonNullable<LeadState["disqualifyReason"]> | "";
  return {
    ownerId,
    status,
    statusSinceTime: status === base.status ? base.statusSinceTime : at.now,
    disqualifyReason:
      status === "DISQUALIFIED" ? reason || base.disqualifyReason || ("OTHER" as const) : null,
    disqualifyNote: status === "DISQUALIFIED" ? base.disqualifyNote : "",
  };
}
