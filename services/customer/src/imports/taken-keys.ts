import type { Planned } from "@guanxi/import/service/kind";
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";
import type { CustomerState } from "../customers/customer-state.ts";
import { keysOf } from "../customers/sides.ts";

/** Of a batch, those whose ids, codes and unique values no other customer has, of the book or before them in the file. */
export async function withoutTaken(
  at: At,
  all: readonly Planned<CustomerState>[],
): Promise<Planned<CustomerState>[]> {
  const open = at.may("customer", "read_personal");
  const holders = await holdersOf(
    at,
    all.flatMap((planned) => ("state" in planned ? keysOf(planned.state) : [])),
  );
  return all.map((planned) => {
    if ("fault" in planned) return planned;
    const { customerId } = planned.state;
    const keys = keysOf(planned.state);
    const taken = keys.find((key) => (holders.get(textOf(key)) ?? customerId) !== customerId);
    if (taken) return { fault: takenBy(taken.kind, open ? holders.get(textOf(taken))! : "") };
    for (const key of keys) holders.set(textOf(key), customerId);
    return planned;
  });
}

type Key = ReturnType<typeof keysOf>[number];

const textOf = ({ kind, key }: Key) => `${kind} ${key}`;

async function holdersOf(at: At, keys: readonly Key[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const rows = await named<Key & { customerId: string }>(at, {
    name: "import customers by keys",
    text: `
select k.kind, k.key, k.customer_id as "customerId"
from unnest($1::text[], $2::text[]) as i (kind, key) join customer_keys k on k.kind = i.kind and k.key = i.key`,
    values: [keys.map(({ kind }) => kind), keys.map(({ key }) => key)],
  });
  return new Map(rows.map((row) => [textOf(row), row.customerId]));
}

/** Whose it is, only those learn who may read who somebody is. */
const takenBy = (kind: string, customerId: string) => ({
  field: kind.startsWith("external_ids.") ? "external_id" : kind,
  reason: "CUSTOMER_EXISTS",
  message: `This belongs to ${customerId ? `customer ${customerId}` : "another customer"}, or to a row before: one of them is wrong, or both are the same.`,
});
