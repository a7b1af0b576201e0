import {
  ChurnReason,
  type Customer,
  Customer_Kind,
  Customer_State,
  CustomerClass,
  Grade,
  GradeSource,
  LifecycleStage,
  Loyalty,
  PartyRole,
  RelationshipLevel,
  Source_Channel,
  type Touch,
  type Trait,
  Trait_Provenance,
} from "@guanxi/contract/guanxi/customer/v1/customer";
import type { At } from "@guanxi/kit/at";
import { dateOf } from "@guanxi/kit/days";
import { numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import { presentConsent } from "../contact-points/consents.ts";
import { gradeSourceOf } from "./customer.ts";
import type { CustomerState, StoredTouch, StoredTrait } from "./customer-state.ts";
import { touchesOf } from "./touches.ts";

/** The whole public state, as events carry it. */
export const present = (customer: CustomerState): Customer => ({
  customerId: customer.customerId,
  kind: numberOf(Customer_Kind, customer.kind),
  displayName: customer.displayName,
  legalName: customer.legalName ?? "",
  creditCode: customer.creditCode ?? "",
  contactPoints: [...customer.contactPoints],
  addresses: [...customer.addresses],
  regionCode: customer.regionCode ?? "",
  city: customer.city ?? "",
  birthDate: customer.birthDate ?? undefined,
  industry: customer.industry ?? "",
  partyRoles: customer.partyRoles.map((role) => numberOf(PartyRole, role)),
  core: customer.core,
  externalIds: [...customer.externalIds],
  source: {
    channel: numberOf(Source_Channel, customer.sourceChannel),
    detail: customer.sourceDetail,
    campaign: customer.sourceCampaign ?? "",
    firstTouchTime: customer.firstTouchTime,
  },
  // Rows that are older than the field have none.
  preferences: customer.preferences
    ? { ...customer.preferences, timeZone: customer.preferences.timeZone ?? "" }
    : undefined,
  consents: customer.consents.map(presentConsent),
  tags: [...customer.tags],
  categoryId: customer.categoryId ?? "",
  ownerId: customer.ownerId ?? "",
  custom: customer.custom,
  completeness: customer.completeness,
  ...presentJudged(customer),
  mergedIntoCustomerId: customer.mergedIntoCustomerId ?? "",
  absorbedCustomerIds: [...customer.absorbedCustomerIds],
  traits: customer.traits.map(presentTrait),
  referrerCustomerId: customer.referrerCustomerId ?? "",
  churnReason: numberOf(ChurnReason, customer.churnReason),
  churnNote: customer.churnNote,
  loyalty: numberOf(Loyalty, customer.loyalty),
  ownerSinceTime: customer.ownerSinceTime ?? undefined,
  touches: touchesOf(customer).map(presentTouch),
  state: numberOf(Customer_State, customer.state),
  createTime: customer.createTime,
  createDate: dateOf(customer.createDate),
  updateTime: customer.updateTime,
  etag: etagOf(customer),
  duplicateCandidates: [],
});

const presentJudged = (customer: CustomerState) => ({
  lifecycleStage: numberOf(LifecycleStage, customer.lifecycleStage),
  lifecycleStageSinceTime: customer.lifecycleStageSinceTime,
  customerClass: numberOf(CustomerClass, customer.customerClass),
  customerClassSinceTime: customer.customerClassSinceTime,
  grade: numberOf(Grade, customer.grade),
  gradeSinceTime: customer.gradeSinceTime ?? undefined,
  gradeSource: numberOf(GradeSource, gradeSourceOf(customer)),
  relationshipLevel: numberOf(RelationshipLevel, customer.relationshipLevel),
  relationshipLevelSinceTime: customer.relationshipLevelSinceTime ?? undefined,
});

const presentTrait = ({ provenance, time, ...trait }: StoredTrait): Trait => ({
  ...trait,
  provenance: numberOf(Trait_Provenance, provenance),
  time: new Date(time),
});

export const presentTouch = ({ channel, firstTime, lastTime, count }: StoredTouch): Touch => ({
  channel: numberOf(Source_Channel, channel),
  firstTime: new Date(firstTime),
  lastTime: new Date(lastTime),
  count,
});

/** What this caller may see of it. The edge hides what the contract calls personal; what a tenant calls so, is hidden here. */
export function answer(customer: CustomerState, at: At): Customer {
  const hidden = hiddenCustom(customer, at);
  const shown = Object.entries(customer.custom).filter(([key]) => !Object.hasOwn(hidden, key));
  return present({ ...customer, custom: Object.fromEntries(shown) });
}

/** The own fields that a tenant calls personal, for those who may not see them; nor may these clear what they do not see. */
export function hiddenCustom({ custom, customFacts }: CustomerState, at: At): CustomerState["custom"] {
  if (at.may("customer", "read_personal")) return {};
  return Object.fromEntries(Object.entries(custom).filter(([key]) => customFacts[key]?.personal));
}
