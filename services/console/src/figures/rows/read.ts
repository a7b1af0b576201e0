// Facts page by page, with the names of the customers whose they are.
import { batchGetCustomers, type User } from "@guanxi/client/gen/guanxi";
import { usersQuery } from "../../api/users.ts";
import type { Asked, FactKind } from "./kinds.ts";

export interface FactPage<F> {
  facts: F[];
  nextPageToken: string;
  names: ReadonlyMap<string, string>;
}

export async function readPage<F>(
  kind: FactKind<F>,
  asked: Asked,
  signal?: AbortSignal,
): Promise<FactPage<F>> {
  const { facts, nextPageToken } = await kind.list(asked, signal);
  const names = await customerNames(
    facts.map((fact) => kind.customerOf(fact)),
    signal,
  );
  return { facts, nextPageToken, names };
}

/** Ids stand in the address of the call, and a gateway takes 16 kB of it. */
const IDS_AT_ONCE = 100;

export async function customerNames(
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<Map<string, string>> {
  const asked = [...new Set(ids.filter(Boolean))];
  const names = new Map<string, string>();
  for (let start = 0; start < asked.length; start += IDS_AT_ONCE) {
    const customerIds = asked.slice(start, start + IDS_AT_ONCE);
    const { customers } = await batchGetCustomers({ customerIds }, { signal });
    for (const { customerId, displayName } of customers) names.set(customerId, displayName);
  }
  return names;
}

/** Everything there is, page after page; `seen` is told how far it has come. */
export async function readAll<F>(
  kind: FactKind<F>,
  asked: Omit<Asked, "pageSize" | "pageToken">,
  seen: (count: number) => void,
  signal: AbortSignal,
): Promise<{ facts: F[]; names: Map<string, string> }> {
  const facts: F[] = [];
  const names = new Map<string, string>();
  let pageToken: string | undefined;
  do {
    const page = await readPage(kind, { ...asked, pageSize: 200, pageToken }, signal);
    facts.push(...page.facts);
    for (const [id, name] of page.names) names.set(id, name);
    pageToken = page.nextPageToken || undefined;
    seen(facts.length);
  } while (pageToken);
  return { facts, names };
}

export const peopleQuery = {
  ...usersQuery,
  select: (users: readonly User[]) => new Map(users.map(({ userId, displayName }) => [userId, displayName])),
};
