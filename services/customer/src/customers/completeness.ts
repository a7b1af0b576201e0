// The weights are published at Customer.completeness in the contract; they are kept in step by a test.
import { ContactPoint_Kind as PointKind } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import { Channel } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import type { CustomerState } from "./customer-state.ts";

type Known = (customer: CustomerState) => boolean;

const hasPoint =
  (kind: PointKind): Known =>
  ({ contactPoints }) =>
    contactPoints.some((point) => point.kind === kind);

const KNOWN = {
  legalName: ({ legalName }) => legalName !== null,
  creditCode: ({ creditCode }) => creditCode !== null,
  phone: hasPoint(PointKind.PHONE),
  email: hasPoint(PointKind.EMAIL),
  address: ({ addresses }) => addresses.length > 0,
  industry: ({ industry }) => industry !== null,
  birthDate: ({ birthDate }) => birthDate !== null,
  sourceChannel: ({ sourceChannel }) => sourceChannel !== null,
  preferredChannel: ({ preferences }) =>
    (preferences?.preferredChannel ?? Channel.UNSPECIFIED) !== Channel.UNSPECIFIED,
  language: ({ preferences }) => Boolean(preferences?.language),
  partyRole: ({ partyRoles }) => partyRoles.length > 0,
  owner: ({ ownerId }) => ownerId !== null,
} as const satisfies Record<string, Known>;

export const WEIGHTS: Record<CustomerState["kind"], Partial<Record<keyof typeof KNOWN, number>>> = {
  ORGANISATION: {
    legalName: 15,
    creditCode: 15,
    phone: 15,
    address: 15,
    email: 10,
    industry: 10,
    sourceChannel: 10,
    partyRole: 5,
    owner: 5,
  },
  PERSON: {
    phone: 20,
    email: 15,
    address: 15,
    birthDate: 10,
    sourceChannel: 10,
    preferredChannel: 10,
    language: 10,
    partyRole: 5,
    owner: 5,
  },
};

/** 0 to 100. */
export function completenessOf(customer: CustomerState): number {
  const weights = Object.entries(WEIGHTS[customer.kind]) as [keyof typeof KNOWN, number][];
  return weights.reduce((sum, [name, weight]) => (KNOWN[name](customer) ? sum + weight : sum), 0);
}
