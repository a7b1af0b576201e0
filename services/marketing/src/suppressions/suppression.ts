// Who is never written to: an address, all addresses of a domain, a customer.
import type { Suppression } from "@guanxi/contract/guanxi/marketing/v1/suppression";
import { Suppression_Kind } from "@guanxi/contract/guanxi/marketing/v1/suppression";
import { type NameOf, nameOf } from "@guanxi/kit/enum-names";
import { refuse } from "@guanxi/kit/refuse";

export interface SuppressionState {
  readonly suppressionId: string;
  readonly kind: NameOf<typeof Suppression_Kind>;
  /** In lower case. */
  readonly value: string;
  readonly note: string;
  readonly createTime: Date;
  readonly version: number;
}

const key = (kind: SuppressionState["kind"], value: string) => `${kind} ${value.trim().toLowerCase()}`;

export const addressKey = (address: string) => key("ADDRESS", address);
export const domainKey = (address: string) => key("DOMAIN", address.slice(address.lastIndexOf("@") + 1));
export const customerKey = (customerId: string) => key("CUSTOMER", customerId);

const FORMS: Record<SuppressionState["kind"], RegExp> = {
  ADDRESS: /^\S+$/,
  DOMAIN: /^[^\s@]+\.[^\s@]+$/,
  CUSTOMER: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
};

const MEANT = {
  ADDRESS: "an address",
  DOMAIN: "a domain, as in example.com",
  CUSTOMER: "the id of a customer",
};

export function suppression(sent: Suppression, suppressionId: string, now: Date): SuppressionState {
  const kind = nameOf(Suppression_Kind, sent.kind)!;
  const value = sent.value.trim().toLowerCase();
  if (!FORMS[kind].test(value))
    throw refuse("invalid", "INVALID_REQUEST", "The request does not keep the rules.", [
      { field: "suppression.value", description: `must be ${MEANT[kind]}`, reason: "INVALID_VALUE" },
    ]);
  return { suppressionId, kind, value, note: sent.note, createTime: now, version: 0 };
}
