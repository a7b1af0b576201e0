// What somebody says of a customer, held against the rules and brought into the form of the row.
import {
  type Customer,
  Customer_Kind,
  PartyRole,
  Source_Channel,
} from "@guanxi/contract/guanxi/customer/v1/customer";
import { dayOf, isDay } from "@guanxi/kit/days";
import { nameOf } from "@guanxi/kit/enum-names";
import { refuse, type Violation } from "@guanxi/kit/refuse";
import { normalisePoints } from "../contact-points/contact-points.ts";
import { isAnniversary } from "../dates.ts";
import { checkCustom } from "../field-definitions/custom-values.ts";
import { isCreditCode } from "./credit-code.ts";
import type { CustomerState, Setting } from "./customer-state.ts";

export function firstTouch({ source }: Customer, now: Date) {
  const { channel = 0, detail = "", campaign = "", firstTouchTime = now } = source ?? {};
  if (firstTouchTime > now) {
    throw invalid([{ field: "customer.source.first_touch_time", description: "must not be in the future" }]);
  }
  return {
    sourceChannel: nameOf(Source_Channel, channel),
    sourceDetail: detail,
    sourceCampaign: campaign || null,
    firstTouchTime,
  };
}

/** What Create and Update have in common. */
export function particulars(sent: Customer, before: CustomerState | undefined, setting: Setting) {
  const violations = [
    ...creditCodeViolations(sent),
    ...birthDateViolations(sent, setting.today),
    ...languageViolations(sent),
    ...externalIdViolations(sent),
  ];
  if (violations.length > 0) throw invalid(violations);
  const place = placeOf(sent);
  const country = place.regionCode ?? setting.country;
  return {
    displayName: sent.displayName,
    legalName: sent.legalName || null,
    creditCode: sent.creditCode || null,
    contactPoints: normalisePoints(sent.contactPoints, country, "customer.contact_points"),
    addresses: sent.addresses,
    ...place,
    ...birthOf(sent),
    industry: sent.industry || null,
    partyRoles: sent.partyRoles.flatMap((role) => nameOf(PartyRole, role) ?? []),
    externalIds: sent.externalIds,
    preferences: sent.preferences ?? null,
    ...checkCustom(sent.custom ?? {}, before?.custom, setting.definitions),
  };
}

const placeOf = ({ addresses: [main] }: Customer) => ({
  regionCode: main?.regionCode || null,
  city: main?.locality || null,
});

const birthOf = ({ birthDate }: Customer) => ({
  birthDate: birthDate ?? null,
  birthDay: birthDate && isDay(birthDate) ? dayOf(birthDate) : null,
});

const violation = (field: string, description: string): Violation[] => [
  { field: `customer.${field}`, description },
];

function creditCodeViolations({ creditCode, kind }: Customer): Violation[] {
  if (creditCode === "") return [];
  if (kind === Customer_Kind.PERSON) return violation("credit_code", "belongs to organisations");
  return isCreditCode(creditCode)
    ? []
    : violation("credit_code", "must be a credit code; its check digit is wrong");
}

function birthDateViolations({ birthDate, kind }: Customer, today: string): Violation[] {
  if (!birthDate) return [];
  if (kind !== Customer_Kind.PERSON) return violation("birth_date", "belongs to people");
  const isGood = isAnniversary(birthDate) && dayOf(birthDate) <= today;
  return isGood ? [] : violation("birth_date", "must be a day that was, or month and day");
}

function languageViolations({ preferences }: Customer): Violation[] {
  if (!preferences?.language) return [];
  try {
    Intl.getCanonicalLocales(preferences.language);
    return [];
  } catch {
    return violation("preferences.language", "must be a language tag such as zh-CN (BCP 47)");
  }
}

function externalIdViolations({ externalIds }: Customer): Violation[] {
  const ids = externalIds.map(({ system, id }) => `${system} ${id}`);
  return new Set(ids).size < ids.length ? violation("external_ids", "must not repeat one") : [];
}

const invalid = (violations: readonly Violation[]) =>
  refuse("invalid", "INVALID_REQUEST", "The request does not keep the rules.", violations);
