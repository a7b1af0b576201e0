// By what a customer is recognised, and what the recognised one gains.
import {
  ContactPoint,
  ContactPoint_Kind as PointKind,
} from "@guanxi/contract/guanxi/customer/v1/contact_point";
import type { ExternalId } from "@guanxi/contract/guanxi/customer/v1/customer";
import type { IdentifyCustomerRequest } from "@guanxi/contract/guanxi/customer/v1/identification_service";
import { refuse } from "@guanxi/kit/refuse";
import { normaliseEmail, normalisedOf, normalisePhone } from "../contact-points/contact-points.ts";
import { isCreditCode } from "../customers/credit-code.ts";
import { withDerived } from "../customers/customer.ts";
import type { CustomerState, Setting, StoredTouch } from "../customers/customer-state.ts";
import { touched } from "../customers/touches.ts";

/** In normal forms; what is not known is empty. */
export interface Identity {
  readonly kind: CustomerState["kind"];
  readonly externalIds: readonly ExternalId[];
  readonly creditCode: string;
  readonly email: string;
  readonly phone: string;
}

export type MatchedBy = "external_id" | "credit_code" | "email" | "phone";

/** Whoever has been found by each, in the order in which these are trusted. */
export type Found = readonly { readonly by: MatchedBy; readonly customers: readonly CustomerState[] }[];

export function identityOf(
  sent: IdentifyCustomerRequest,
  kind: CustomerState["kind"],
  { country }: Setting,
): Identity {
  const { externalIds, creditCode, email } = sent;
  const phone = sent.phone && (normalisePhone(sent.phone, country) ?? "");
  const violations = [
    ...(sent.phone && !phone ? [{ field: "phone", description: "must be a phone number" }] : []),
    ...(creditCode && !isCreditCode(creditCode)
      ? [{ field: "credit_code", description: "must be a credit code; its check digit is wrong" }]
      : []),
    ...(creditCode && kind === "PERSON"
      ? [{ field: "credit_code", description: "belongs to organisations" }]
      : []),
  ];
  if (violations.length === 0) return { kind, externalIds, creditCode, email: normaliseEmail(email), phone };
  throw refuse("invalid", "INVALID_REQUEST", "The request does not keep the rules.", violations);
}

type Known = Pick<CustomerState, "externalIds" | "creditCode" | "contactPoints">;

/** What a customer is known by: two commands for one of them have something of it in common, and wait for each other. */
export const namesOf = ({ externalIds, creditCode, contactPoints }: Known): string[] => [
  ...externalIds.map(({ system, id }) => `identity external_ids.${system} ${id}`),
  ...(creditCode ? [`identity credit_code ${creditCode}`] : []),
  ...normalisedOf(contactPoints, PointKind.EMAIL).map((email) => `identity email ${email}`),
  ...normalisedOf(contactPoints, PointKind.PHONE).map((phone) => `identity phone ${phone}`),
];

/** Of its addresses and numbers the first ones. */
export const identityOfCustomer = ({
  kind,
  externalIds,
  creditCode,
  contactPoints,
}: CustomerState): Identity => ({
  kind,
  externalIds,
  creditCode: creditCode ?? "",
  email: normalisedOf(contactPoints, PointKind.EMAIL)[0] ?? "",
  phone: normalisedOf(contactPoints, PointKind.PHONE)[0] ?? "",
});

/** The same as what a customer has. */
export const knownBy = ({ externalIds, creditCode, email, phone }: Identity): Known => ({
  externalIds,
  creditCode: creditCode || null,
  contactPoints: [...pointOf(PointKind.EMAIL, email), ...pointOf(PointKind.PHONE, phone)],
});

const pointOf = (kind: PointKind, value: string): ContactPoint[] =>
  value === "" ? [] : [ContactPoint.fromPartial({ kind, value, normalised: value })];

/** Which of the identities a customer does not have. */
export function missing(customer: Known, identity: Identity): string[] {
  const has = new Set(namesOf(customer));
  const lacks = (known: Known) => namesOf(known).some((name) => !has.has(name));
  const { externalIds, creditCode, contactPoints } = knownBy(identity);
  const none: Known = { externalIds: [], creditCode: null, contactPoints: [] };
  return [
    ...externalIds
      .filter((id) => lacks({ ...none, externalIds: [id] }))
      .map(({ system }) => `external_ids.${system}`),
    ...(lacks({ ...none, creditCode }) ? ["credit_code"] : []),
    ...contactPoints
      .filter((point) => lacks({ ...none, contactPoints: [point] }))
      .map(({ kind }) => (kind === PointKind.EMAIL ? "email" : "phone")),
  ];
}

/**
 * An id or a code is proof. An address or a number is a hint, which somebody whose ids say otherwise refutes: people of one office
 * share a number, and those of one family an address.
 */
export function recognise(
  identity: Identity,
  found: Found,
): { customer: CustomerState; by: MatchedBy } | undefined {
  for (const { by, customers } of found) {
    const isProof = by === "external_id" || by === "credit_code";
    const able = isProof ? customers : customers.filter((customer) => mayBe(customer, identity));
    const [customer] = able.toSorted(
      (a, b) => a.createTime.getTime() - b.createTime.getTime() || (a.customerId < b.customerId ? -1 : 1),
    );
    if (customer) return { customer, by };
  }
  return undefined;
}

function mayBe(customer: CustomerState, { kind, externalIds, creditCode }: Identity): boolean {
  const isOther = externalIds.some(({ system, id }) => {
    const there = customer.externalIds.filter((each) => each.system === system);
    return there.length > 0 && !there.some((each) => each.id === id);
  });
  const hasOtherCode =
    creditCode !== "" && customer.creditCode !== null && customer.creditCode !== creditCode;
  return customer.state === "ACTIVE" && customer.kind === kind && !isOther && !hasOtherCode;
}

export interface Arrival {
  readonly channel: StoredTouch["channel"];
  readonly time: Date;
  readonly now: Date;
}

/** The contract has no more of either: whoever is full is recognised all the same, and is `missing` the rest. */
const MOST = 50;

/** The recognised customer, once more here, with those of the identities that it lacked and nobody else has. */
export function arrived(
  customer: CustomerState,
  identity: Identity,
  { channel, time, now }: Arrival,
): CustomerState {
  const { externalIds, creditCode, email, phone } = identity;
  const isNew = ({ system, id }: ExternalId) =>
    !customer.externalIds.some((each) => each.system === system && each.id === id);
  return withDerived({
    ...customer,
    externalIds: [...customer.externalIds, ...externalIds.filter(isNew)].slice(0, MOST),
    creditCode: customer.creditCode ?? (creditCode || null),
    contactPoints: [
      ...customer.contactPoints,
      ...lacking(customer, PointKind.EMAIL, email),
      ...lacking(customer, PointKind.PHONE, phone),
    ].slice(0, MOST),
    touches: touched(customer, channel, time),
    updateTime: now,
  });
}

const lacking = ({ contactPoints }: CustomerState, kind: PointKind, value: string): ContactPoint[] =>
  normalisedOf(contactPoints, kind).includes(value) ? [] : pointOf(kind, value);
