// What a contact is and how it may change.
import {
  type Affiliation,
  Affiliation_Role as Role,
  Affiliation_Seniority as Seniority,
  type Contact,
} from "@guanxi/contract/guanxi/customer/v1/contact";
import type { ExternalId } from "@guanxi/contract/guanxi/customer/v1/customer";
import { Channel, type ContactPoint } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import type { DateMessage } from "@guanxi/contract/google/type/date";
import { dayOf, isDay } from "@guanxi/kit/days";
import { type NameOf, nameOf } from "@guanxi/kit/enum-names";
import { refuse, type Violation } from "@guanxi/kit/refuse";
import type { StoredConsent } from "../contact-points/consents.ts";
import { normalisePoints } from "../contact-points/contact-points.ts";

export interface ContactState {
  readonly contactId: string;
  readonly displayName: string;
  readonly contactPoints: readonly ContactPoint[];
  readonly preferredChannels: readonly NameOf<typeof Channel>[];
  readonly consents: readonly StoredConsent[];
  readonly affiliations: readonly StoredAffiliation[];
  readonly externalIds: readonly ExternalId[];
  readonly state: "ACTIVE" | "ARCHIVED";
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

/** As it is kept: what is not known is null, since jsonb knows no undefined. */
export interface StoredAffiliation {
  readonly customerId: string;
  readonly role: NameOf<typeof Role>;
  readonly title: string;
  readonly department: string;
  readonly seniority: NameOf<typeof Seniority> | null;
  readonly influence: number;
  readonly startDate: string | null;
  readonly endDate: string | null;
  /** Whose it was before each merge that brought it here, the first one first. */
  readonly came?: readonly { readonly mergeId: string; readonly customerId: string }[];
  /** Those at organisations that have become this one: they wait here, since a person works at one place once. */
  readonly held?: readonly StoredAffiliation[];
}

export interface ContactSetting {
  readonly now: Date;
  readonly today: string;
  readonly country: string | undefined;
}

export function add(sent: Contact, contactId: string, setting: ContactSetting): ContactState {
  const times = { createTime: setting.now, updateTime: setting.now };
  return { contactId, ...particulars(sent, setting), consents: [], state: "ACTIVE", ...times, version: 0 };
}

export function change(contact: ContactState, sent: Contact, setting: ContactSetting): ContactState {
  const said = { ...contact, ...particulars(sent, setting), updateTime: setting.now };
  const after = { ...said, affiliations: said.affiliations.map((each) => remembering(contact, each)) };
  const lost = contact.affiliations.find(
    (before) => !after.affiliations.some((each) => continues(before, each)),
  );
  if (lost) {
    const message = "Where somebody works or worked is kept: a person leaves by the method leave.";
    throw refuse("precondition", "AFFILIATION_KEPT", message, [
      {
        field: "contact.affiliations",
        description: `must still have the one with customer ${lost.customerId}`,
      },
    ]);
  }
  return after;
}

/** An ended affiliation stays as it is; another may be described anew. */
function continues(before: StoredAffiliation, after: StoredAffiliation): boolean {
  if (before.endDate === null) return after.customerId === before.customerId && after.endDate === null;
  const [was, is] = [shown(before), shown(after)];
  return JSON.stringify(is) === JSON.stringify({ ...is, ...was });
}

const shown = ({ came: _came, held: _held, ...affiliation }: StoredAffiliation) => affiliation;

/** What merges know of an affiliation is not said by people, and not forgotten when they say it anew. */
function remembering({ affiliations }: ContactState, after: StoredAffiliation): StoredAffiliation {
  const before = affiliations.find((each) => continues(each, after));
  const { came, held } = before ?? {};
  return { ...after, ...(came && { came }), ...(held && { held }) };
}

function particulars(sent: Contact, { country, today }: ContactSetting) {
  const affiliations = sent.affiliations.map(stored);
  const violations = sent.affiliations.flatMap((each, index) =>
    violationsOf(each, affiliations, index, today),
  );
  const ids = sent.externalIds.map(({ system, id }) => `${system} ${id}`);
  if (new Set(ids).size < ids.length) {
    violations.push({ field: "contact.external_ids", description: "must not repeat one" });
  }
  if (violations.length > 0) throw invalid(violations);
  return {
    displayName: sent.displayName,
    contactPoints: normalisePoints(sent.contactPoints, country, "contact.contact_points"),
    preferredChannels: sent.preferredChannels.flatMap((channel) => nameOf(Channel, channel) ?? []),
    affiliations,
    externalIds: sent.externalIds,
  };
}

const stored = (affiliation: Affiliation): StoredAffiliation => ({
  customerId: affiliation.customerId,
  role: nameOf(Role, affiliation.role) ?? "OTHER",
  title: affiliation.title,
  department: affiliation.department,
  seniority: nameOf(Seniority, affiliation.seniority),
  influence: affiliation.influence,
  startDate: affiliation.startDate ? dayOf(affiliation.startDate) : null,
  endDate: affiliation.endDate ? dayOf(affiliation.endDate) : null,
});

function violationsOf(
  { startDate, endDate }: Affiliation,
  all: readonly StoredAffiliation[],
  index: number,
  today: string,
): Violation[] {
  const path = `contact.affiliations[${index}]`;
  const first = all.findIndex(
    ({ customerId, endDate: end }) => customerId === all[index]!.customerId && end === null,
  );
  const isSecond = endDate === undefined && first < index;
  return [
    ...(startDate && !isDay(startDate)
      ? [{ field: `${path}.start_date`, description: "must be a day" }]
      : []),
    ...(endDate ? endViolations(endDate, startDate, `${path}.end_date`, today) : []),
    ...(isSecond
      ? [{ field: `${path}.customer_id`, description: "must be the only one of it without end_date" }]
      : []),
  ];
}

function endViolations(
  end: DateMessage,
  start: DateMessage | undefined,
  field: string,
  today: string,
): Violation[] {
  if (!isDay(end)) return [{ field, description: "must be a day" }];
  if (dayOf(end) > today) return [{ field, description: "must not be in the future" }];
  return start && dayOf(end) < dayOf(start) ? [{ field, description: "must not be before start_date" }] : [];
}

/** The person is no longer at that organisation; what they were there stays. */
export function leave(
  contact: ContactState,
  { customerId, endDate }: { customerId: string; endDate: DateMessage | undefined },
  { now, today }: ContactSetting,
): ContactState {
  const current = contact.affiliations.find(
    (each) => each.customerId === customerId && each.endDate === null,
  );
  if (!current) throw refuse("precondition", "NOT_AFFILIATED", "The contact is not at this organisation.");
  const end = endDate ? dayOf(endDate) : today;
  const isWrong = (endDate && !isDay(endDate)) || end > today || end < (current.startDate ?? end);
  if (isWrong) {
    throw invalid([{ field: "end_date", description: "must be a day from start_date to today" }]);
  }
  const affiliations = contact.affiliations.map((each) =>
    each === current ? { ...each, endDate: end } : each,
  );
  return { ...contact, affiliations, updateTime: now };
}

export const archive = (contact: ContactState, now: Date): ContactState =>
  contact.state === "ARCHIVED" ? contact : { ...contact, state: "ARCHIVED", updateTime: now };

export const restore = (contact: ContactState, now: Date): ContactState =>
  contact.state === "ACTIVE" ? contact : { ...contact, state: "ACTIVE", updateTime: now };

const invalid = (violations: readonly Violation[]) =>
  refuse("invalid", "INVALID_REQUEST", "The request does not keep the rules.", violations);
