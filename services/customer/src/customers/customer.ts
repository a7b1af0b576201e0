// What a customer is and how it may change.
import type { ContactPoint } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import {
  type Customer,
  Customer_Kind,
  CustomerClass,
  type ExternalId,
  Grade,
  LifecycleStage,
  PartyRole,
  type Preferences,
  RelationshipLevel,
  Source_Channel,
} from "@guanxi/contract/guanxi/customer/v1/customer";
import type { DateMessage } from "@guanxi/contract/google/type/date";
import type { PostalAddress } from "@guanxi/contract/google/type/postal_address";
import { refuse, type Violation } from "@guanxi/kit/refuse";
import type { StoredConsent } from "../contact-points/consents.ts";
import { normalisePoints } from "../contact-points/contact-points.ts";
import { dayOf, isAnniversary, isDay } from "../dates.ts";
import { type NameOf, nameOf } from "../enum-names.ts";
import { checkCustom, type CustomFacts, type CustomValues } from "../field-definitions/custom-values.ts";
import type { FieldDefinitionState } from "../field-definitions/field-definition.ts";
import { completenessOf } from "./completeness.ts";
import { isCreditCode } from "./credit-code.ts";

export type CustomerKind = NameOf<typeof Customer_Kind>;

/** The row. Absent is null, so that has() of a condition is true of what is there. */
export interface CustomerState {
  readonly customerId: string;
  readonly kind: CustomerKind;
  readonly displayName: string;
  readonly legalName: string | null;
  readonly creditCode: string | null;
  readonly contactPoints: readonly ContactPoint[];
  readonly addresses: readonly PostalAddress[];
  readonly regionCode: string | null;
  readonly city: string | null;
  readonly birthDate: DateMessage | null;
  /** The birth date where its year is known. */
  readonly birthDay: string | null;
  readonly industry: string | null;
  readonly partyRoles: readonly NameOf<typeof PartyRole>[];
  readonly core: boolean;
  readonly externalIds: readonly ExternalId[];
  readonly sourceChannel: NameOf<typeof Source_Channel> | null;
  readonly sourceDetail: string;
  readonly sourceCampaign: string | null;
  readonly firstTouchTime: Date;
  readonly preferences: Preferences | null;
  readonly consents: readonly StoredConsent[];
  readonly tags: readonly string[];
  readonly categoryId: string | null;
  readonly ownerId: string | null;
  readonly custom: CustomValues;
  readonly customFacts: CustomFacts;
  readonly completeness: number;
  readonly lifecycleStage: NameOf<typeof LifecycleStage>;
  readonly lifecycleStageSinceTime: Date;
  readonly customerClass: NameOf<typeof CustomerClass>;
  readonly customerClassSinceTime: Date;
  readonly grade: NameOf<typeof Grade> | null;
  readonly gradeSinceTime: Date | null;
  readonly relationshipLevel: NameOf<typeof RelationshipLevel> | null;
  readonly relationshipLevelSinceTime: Date | null;
  readonly state: "ACTIVE" | "ARCHIVED";
  readonly createTime: Date;
  readonly createDate: string;
  readonly updateTime: Date;
  readonly version: number;
}

/** What a rule needs to know besides the customer. */
export interface Setting {
  readonly now: Date;
  readonly today: string;
  /** Where local phone numbers belong when no address says it. */
  readonly country: string | undefined;
  readonly definitions: readonly FieldDefinitionState[];
}

/** A new customer from what was sent; what only the service says is left out of it. */
export function register(sent: Customer, customerId: string, setting: Setting): CustomerState {
  const { now, today } = setting;
  const grade = nameOf(Grade, sent.grade);
  const level = nameOf(RelationshipLevel, sent.relationshipLevel);
  return withDerived({
    ...particulars(sent, undefined, setting),
    customerId,
    kind: nameOf(Customer_Kind, sent.kind) ?? "PERSON",
    ...firstTouch(sent, now),
    consents: [],
    tags: sorted(sent.tags),
    categoryId: sent.categoryId || null,
    ownerId: sent.ownerId || null,
    lifecycleStage: nameOf(LifecycleStage, sent.lifecycleStage) ?? "PROSPECT",
    lifecycleStageSinceTime: now,
    customerClass: nameOf(CustomerClass, sent.customerClass) ?? "POTENTIAL",
    customerClassSinceTime: now,
    grade,
    gradeSinceTime: grade && now,
    relationshipLevel: level,
    relationshipLevelSinceTime: level && now,
    state: "ACTIVE",
    createTime: now,
    createDate: today,
    updateTime: now,
    version: 0,
    ...NOT_YET_DERIVED,
  });
}

/** The customer with other particulars; those with a verb of their own stay. */
export const change = (customer: CustomerState, sent: Customer, setting: Setting): CustomerState =>
  withDerived({ ...customer, ...particulars(sent, customer, setting), updateTime: setting.now });

function firstTouch({ source }: Customer, now: Date) {
  if (source?.firstTouchTime && source.firstTouchTime > now) {
    throw invalid([{ field: "customer.source.first_touch_time", description: "must not be in the future" }]);
  }
  return {
    sourceChannel: nameOf(Source_Channel, source?.channel ?? 0),
    sourceDetail: source?.detail ?? "",
    sourceCampaign: source?.campaign || null,
    firstTouchTime: source?.firstTouchTime ?? now,
  };
}

/** What Create and Update have in common. */
function particulars(sent: Customer, before: CustomerState | undefined, setting: Setting) {
  const violations = violationsOf(sent, setting.today);
  if (violations.length > 0) throw invalid(violations);
  const regionCode = sent.addresses[0]?.regionCode || null;
  const country = regionCode ?? setting.country;
  return {
    displayName: sent.displayName,
    legalName: sent.legalName || null,
    creditCode: sent.creditCode || null,
    contactPoints: normalisePoints(sent.contactPoints, country, "customer.contact_points"),
    addresses: sent.addresses,
    regionCode,
    city: sent.addresses[0]?.locality || null,
    birthDate: sent.birthDate ?? null,
    birthDay: sent.birthDate && isDay(sent.birthDate) ? dayOf(sent.birthDate) : null,
    industry: sent.industry || null,
    partyRoles: sent.partyRoles.flatMap((role) => nameOf(PartyRole, role) ?? []),
    externalIds: sent.externalIds,
    preferences: sent.preferences ?? null,
    ...checkCustom(sent.custom ?? {}, before?.custom, setting.definitions),
  };
}

function violationsOf(sent: Customer, today: string): Violation[] {
  const { birthDate, creditCode, externalIds, kind, preferences } = sent;
  const isPerson = kind === Customer_Kind.PERSON;
  const ids = externalIds.map(({ system, id }) => `${system} ${id}`);
  const found: (Violation | false)[] = [
    creditCode !== "" && isPerson && { field: "customer.credit_code", description: "belongs to organisations" },
    creditCode !== "" &&
      !isPerson &&
      !isCreditCode(creditCode) && {
        field: "customer.credit_code",
        description: "must be a credit code; its check digit is wrong",
        reason: "CHECK_DIGIT",
      },
    birthDate !== undefined && !isPerson && { field: "customer.birth_date", description: "belongs to people" },
    birthDate !== undefined &&
      (!isAnniversary(birthDate) || dayOf(birthDate) > today) && {
        field: "customer.birth_date",
        description: "must be a day that was, or month and day",
      },
    Boolean(preferences?.language) &&
      !isLanguage(preferences!.language) && {
        field: "customer.preferences.language",
        description: "must be a language tag such as zh-CN (BCP 47)",
      },
    ids.length > new Set(ids).size && { field: "customer.external_ids", description: "must not repeat one" },
  ];
  return found.filter((each) => each !== false);
}

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false; // its way of saying no is a RangeError
  }
}

const NOT_YET_DERIVED = { core: false, completeness: 0 };

function withDerived(customer: CustomerState): CustomerState {
  const core = customer.partyRoles.some((role) => role === "BUYER" || role === "SUPPLIER");
  return { ...customer, core, completeness: completenessOf(customer) };
}

export const archive = (customer: CustomerState, now: Date): CustomerState =>
  customer.state === "ARCHIVED" ? customer : { ...customer, state: "ARCHIVED", updateTime: now };

export const restore = (customer: CustomerState, now: Date): CustomerState =>
  customer.state === "ACTIVE" ? customer : { ...customer, state: "ACTIVE", updateTime: now };

const MOST_TAGS = 100;

export function tag(customer: CustomerState, tags: readonly string[], now: Date): CustomerState {
  const all = sorted([...customer.tags, ...tags]);
  if (all.length > MOST_TAGS) {
    throw refuse("precondition", "TOO_MANY_TAGS", `A customer has at most ${MOST_TAGS} tags.`);
  }
  return all.length === customer.tags.length ? customer : { ...customer, tags: all, updateTime: now };
}

export function untag(customer: CustomerState, tags: readonly string[], now: Date): CustomerState {
  const left = customer.tags.filter((each) => !tags.includes(each));
  return left.length === customer.tags.length ? customer : { ...customer, tags: left, updateTime: now };
}

const sorted = (tags: readonly string[]) => [...new Set(tags)].sort();

export const reassign = (customer: CustomerState, ownerId: string | null, now: Date): CustomerState =>
  customer.ownerId === ownerId ? customer : withDerived({ ...customer, ownerId, updateTime: now });

export const reclassify = (customer: CustomerState, categoryId: string | null, now: Date): CustomerState =>
  customer.categoryId === categoryId ? customer : { ...customer, categoryId, updateTime: now };

/** Stage, class, grade and level: judged apart from each other, each with the time since when it is so. */
export type Judged = "lifecycleStage" | "customerClass" | "grade" | "relationshipLevel";

export function judge<F extends Judged>(
  customer: CustomerState,
  field: F,
  value: CustomerState[F],
  now: Date,
): CustomerState {
  if (customer[field] === value) return customer;
  return { ...customer, [field]: value, [`${field}SinceTime`]: value && now, updateTime: now };
}

const invalid = (violations: readonly Violation[]) =>
  refuse("invalid", "INVALID_REQUEST", "The request does not keep the rules.", violations);
