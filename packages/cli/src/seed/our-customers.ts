import { archiveCustomer, type Customer, listCustomers, restoreCustomer } from "@guanxi/client/gen/guanxi";
import { forAll, MADE_UP, SYSTEM } from "./made-up.ts";

export const isOurs = ({ externalIds }: Customer): boolean =>
  externalIds.some(({ system }) => system === SYSTEM);

/** Also those that were archived. */
export async function allCustomers(): Promise<Customer[]> {
  const found: Customer[] = [];
  for (let pageToken = ""; ; ) {
    const page = await listCustomers({ pageSize: 200, pageToken, includeArchived: true });
    found.push(...page.customers);
    pageToken = page.nextPageToken;
    if (!pageToken) return found;
  }
}

/** Whom somebody has changed since the seed made them an undo leaves: they go out of sight, answering how many. */
export async function archiveOurs(): Promise<number> {
  const left = (await allCustomers()).filter(isOurs);
  await forAll(
    left.filter(({ state }) => state === "STATE_ACTIVE"),
    ({ customerId }) => archiveCustomer(customerId, { reason: MADE_UP }),
  );
  return left.length;
}

export const restoreOurs = (customers: readonly Customer[]): Promise<void> =>
  forAll(customers, ({ customerId }) => restoreCustomer(customerId, { reason: MADE_UP }));
