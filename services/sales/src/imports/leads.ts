// Files of people and firms who may be interested.
import type { Source_Channel } from "@guanxi/contract/guanxi/customer/v1/customer";
import { Lead } from "@guanxi/contract/guanxi/sales/v1/lead";
import { LeadChanged, LeadCreated, LeadRemoved } from "@guanxi/contract/guanxi/sales/v1/lead_events";
import { usersNamed } from "@guanxi/directory/references";
import { type ImportRun, importKind, type TypedRow, type Unit } from "@guanxi/import/service/kind";
import { planned, rowFault } from "@guanxi/import/service/planned";
import type { Lookup } from "@guanxi/import/service/references";
import { referred } from "@guanxi/import/service/referred";
import { dayIn, microsIn, textIn } from "@guanxi/import/service/row-values";
import type { At } from "@guanxi/kit/at";
import type { NameOf } from "@guanxi/kit/enum-names";
import { withExternalId } from "../external-ids.ts";
import type { LeadState, LeadStatus } from "../leads/lead-state.ts";
import { leads, leadsByExternalId } from "../leads/leads.ts";
import { present } from "../leads/present.ts";
import { regionCodeOf } from "../regions.ts";
import { LEAD_FIELDS } from "./lead-fields.ts";
import { currencyOf } from "./products.ts";

export const leadKind = importKind<LeadState>({
  name: "lead",
  resource: "lead",
  fields: async () => LEAD_FIELDS,
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
  const ownerId = mapped.has("owner") ? referred(row, "owner", owners) : base.ownerId;
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
