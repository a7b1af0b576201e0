import type { Customer, DuplicateCandidate } from "@guanxi/contract/guanxi/customer/v1/customer";
import { Customer_Kind } from "@guanxi/contract/guanxi/customer/v1/customer";
import type { At } from "@guanxi/kit/at";
import { nameOf } from "@guanxi/kit/enum-names";
import { withNormalForms } from "../contact-points/contact-points.ts";
import { withTokens } from "./customers.ts";
import { likenessOf } from "./duplicates.ts";
import { type Findable, matchTokensOf } from "./tokens.ts";

/** More than the best that are asked for, since what shares most tokens need not score best. */
const LOOKED_AT = 100;

/** Who may be the same customer, best first. */
export async function findAlike(
  at: At,
  customer: Findable & { readonly customerId: string },
  limit: number,
): Promise<DuplicateCandidate[]> {
  const tokens = matchTokensOf(customer);
  if (tokens.length === 0) return [];
  const others = (await withTokens(at, tokens, LOOKED_AT)).filter(
    ({ customerId }) => customerId !== customer.customerId,
  );
  return others
    .map((other) => ({ other, ...likenessOf(customer, other) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (a.other.customerId < b.other.customerId ? -1 : 1))
    .slice(0, limit)
    .map(({ other, score, matchedFields }) => ({
      customerId: other.customerId,
      displayName: other.displayName,
      score,
      matchedFields: [...matchedFields],
      archived: other.state === "ARCHIVED",
    }));
}

/** What is known of a customer that nobody has saved; it may break rules. */
export const findable = (sent: Customer, country: string | undefined): Findable & { customerId: string } => ({
  customerId: sent.customerId,
  kind: nameOf(Customer_Kind, sent.kind) ?? "PERSON",
  displayName: sent.displayName,
  legalName: sent.legalName || null,
  creditCode: sent.creditCode || null,
  contactPoints: withNormalForms(sent.contactPoints, sent.addresses[0]?.regionCode || country),
  externalIds: sent.externalIds,
});
