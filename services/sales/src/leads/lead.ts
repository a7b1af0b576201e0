// What a lead is and how it may change.
import { isDeepStrictEqual } from "node:util";
import { Source_Channel } from "@guanxi/contract/guanxi/customer/v1/customer";
import { type Lead, Lead_DisqualifyReason, type Qualification } from "@guanxi/contract/guanxi/sales/v1/lead";
import type { Money } from "@guanxi/contract/google/type/money";
import { nameOf } from "@guanxi/kit/enum-names";
import { refuse, type Violation } from "@guanxi/kit/refuse";
import { amountViolations, sentMicros } from "../amounts.ts";
import { dayViolations, sentDay } from "../dates.ts";
import { externalIdViolations } from "../external-ids.ts";
import type { LeadState, LeadStatus, StoredAmount, StoredQualification } from "./lead-state.ts";
import { entered, illegalMove, movesOf, requireOpen } from "./lead-status.ts";

export interface LeadSetting {
  readonly now: Date;
  readonly today: string;
}

export function take(sent: Lead, leadId: string, { now, today }: LeadSetting): LeadState {
  return {
    leadId,
    ...particulars(sent),
    ...firstTouch(sent, now),
    status: sent.ownerId ? "ASSIGNED" : "NEW",
    statusSinceTime: now,
    ownerId: sent.ownerId.toLowerCase() || null,
    disqualifyReason: null,
    disqualifyNote: "",
    conversion: null,
    createDate: today,
    createTime: now,
    updateTime: now,
    version: 0,
  };
}

export function change(lead: LeadState, sent: Lead, now: Date): LeadState {
  requireOpen(lead);
  return { ...lead, ...particulars(sent), updateTime: now };
}

/** What Create and Update have in common. */
function particulars(sent: Lead) {
  const violations = [
    ...nameViolations(sent),
    ...qualificationViolations("lead.qualification", sent.qualification),
    ...externalIdViolations("lead.external_ids", sent.externalIds),
  ];
  if (violations.length > 0) throw invalid(violations);
  return {
    personName: sent.personName || null,
    organisationName: sent.organisationName,
    jobTitle: sent.jobTitle,
    email: sent.email || null,
    phone: sent.phone || null,
    regionCode: sent.regionCode || null,
    city: sent.city || null,
    interest: sent.interest,
    qualification: readQualification(sent.qualification),
    externalIds: sent.externalIds,
  };
}

const nameViolations = ({ personName, organisationName }: Lead): Violation[] =>
  personName || organisationName
    ? []
    : [
        {
          field: "lead.person_name",
          description: "or organisation_name must be there",
          reason: "NAME_MISSING",
        },
      ];

function firstTouch({ source }: Lead, now: Date) {
  const { channel = 0, detail = "", campaign = "", firstTouchTime = now } = source ?? {};
  if (firstTouchTime > now)
    throw invalid([{ field: "lead.source.first_touch_time", description: "must not be in the future" }]);
  return {
    sourceChannel: nameOf(Source_Channel, channel),
    sourceDetail: detail,
    sourceCampaign: campaign || null,
    firstTouchTime,
  };
}

export const storedAmount = (money: Money | undefined): StoredAmount | null => {
  const micros = sentMicros(money);
  return micros === null ? null : { micros: String(micros), currencyCode: money!.currencyCode };
};

function readQualification(sent: Qualification | undefined): StoredQualification {
  return {
    budget: storedAmount(sent?.budget),
    authority: sent?.authority ?? "",
    need: sent?.need ?? "",
    timing: sentDay(sent?.timing),
  };
}

const qualificationViolations = (path: string, sent: Qualification | undefined): Violation[] => [
  ...amountViolations(`${path}.budget`, sent?.budget),
  ...dayViolations(`${path}.timing`, sent?.timing),
];

/** How many of the four questions are answered. */
export const answeredOf = ({ budget, authority, need, timing }: StoredQualification) =>
  [budget, authority, need, timing].filter(Boolean).length;

/** The same lead where it has this owner already. */
export function assign(lead: LeadState, ownerId: string | null, now: Date): LeadState {
  requireOpen(lead);
  if (lead.ownerId === ownerId) return lead;
  const after = { ...lead, ownerId, updateTime: now };
  if (ownerId !== null && lead.status === "NEW") return entered(after, "ASSIGNED", now);
  return ownerId === null && lead.status === "ASSIGNED" ? entered(after, "NEW", now) : after;
}

/** The same lead where it is there already. */
export function move(lead: LeadState, status: LeadStatus, now: Date): LeadState {
  requireOpen(lead);
  if (lead.status === status) return lead;
  const possible = movesOf(lead);
  if (possible.includes(status)) return entered(lead, status, now);
  throw illegalMove(lead, status, possible);
}

/** What is said of its qualification takes the place of what was known. */
export function qualify(lead: LeadState, sent: Qualification | undefined, now: Date): LeadState {
  requireOpen(lead);
  const violations = qualificationViolations("qualification", sent);
  if (violations.length > 0) throw invalid(violations);
  const qualification = sent ? readQualification(sent) : lead.qualification;
  if (qualification.need === "" && qualification.budget === null)
    throw refuse("precondition", "QUALIFICATION_MISSING", "Say what is needed, or what may be spent.");
  const told = { ...lead, qualification, updateTime: now };
  if (lead.status !== "QUALIFIED") return entered(told, "QUALIFIED", now);
  return isDeepStrictEqual(qualification, lead.qualification) ? lead : told;
}

export interface Verdict {
  readonly reason: Lead_DisqualifyReason;
  readonly note: string;
}

export function disqualify(lead: LeadState, { reason, note }: Verdict, now: Date): LeadState {
  requireOpen(lead);
  const disqualifyReason = nameOf(Lead_DisqualifyReason, reason);
  if (disqualifyReason === "OTHER" && note.trim() === "")
    throw invalid([{ field: "note", description: "must say why, where the reason is OTHER" }]);
  const told = { ...lead, disqualifyReason, disqualifyNote: note, updateTime: now };
  if (lead.status !== "DISQUALIFIED") return entered(told, "DISQUALIFIED", now);
  return lead.disqualifyReason === disqualifyReason && lead.disqualifyNote === note ? lead : told;
}

export function recycle(lead: LeadState, now: Date): LeadState {
  requireOpen(lead);
  if (lead.status === "RECYCLED") return lead;
  return entered({ ...lead, disqualifyReason: null, disqualifyNote: "" }, "RECYCLED", now);
}

export const invalid = (violations: readonly Violation[]) =>
  refuse("invalid", "INVALID_REQUEST", "The request does not keep the rules.", violations);
