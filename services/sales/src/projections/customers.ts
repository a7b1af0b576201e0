// Copies of the customers, to know that they are there and what they are called.
import { onState } from "@guanxi/bus/reaction";
import { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import type { At } from "@guanxi/kit/at";
import type { State } from "@guanxi/kit/columns";
import { copy, remove } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { nameKey } from "../names.ts";

interface CustomerCopy extends State {
  readonly customerId: string;
  readonly displayName: string;
  readonly nameKey: string;
  readonly ownerId: string | null;
  /** The number of the contract's enum, so that one which came later is kept all the same. */
  readonly grade: number;
  readonly regionCode: string;
}

export const customers = table({
  entity: new EntitySchema<CustomerCopy>({
    name: "customer",
    tableName: "customers",
    columns: {
      customerId: { name: "customer_id", type: "uuid", primary: true },
      displayName: { name: "display_name", type: "text" },
      nameKey: { name: "name_key", type: "text" },
      ownerId: { name: "owner_id", type: "uuid", nullable: true },
      grade: { type: "int" },
      regionCode: { name: "region_code", type: "text" },
      version: { type: "int" },
    },
  }),
});

export const mirrorCustomers = onState(Customer, [customers.name, "customer_external_ids"], (changes, at) => {
  const last = [...new Map(changes.map((change) => [change.meta.aggregateId, change])).values()];
  const there = last.flatMap(({ state, meta }) => (state ? [copyOf(state, meta.version)] : []));
  const gone = last.filter(({ state }) => !state).map(({ meta }) => meta.aggregateId);
  copy(at, customers, there);
  remove(at, customers, gone);
  keepExternalIds(
    at,
    last.map(({ meta }) => meta.aggregateId),
    last.flatMap(({ state }) => state ?? []),
  );
});

const copyOf = (customer: Customer, version: number): CustomerCopy => ({
  customerId: customer.customerId,
  displayName: customer.displayName,
  nameKey: nameKey(customer.displayName),
  ownerId: customer.ownerId || null,
  grade: customer.grade,
  regionCode: customer.regionCode,
  version,
});

/** An id may have gone from one customer to another: the newest word holds. */
function keepExternalIds(at: At, all: readonly string[], there: readonly Customer[]): void {
  const ids = there.flatMap(({ customerId, externalIds }) =>
    externalIds.map(({ system, id }) => ({ customerId, system, id })),
  );
  at.tell({
    name: "customer external ids delete",
    text: "delete from customer_external_ids where customer_id = any($1::uuid[])",
    values: [all],
  });
  if (ids.length === 0) return;
  at.tell({
    name: "customer external ids insert",
    text: `
insert into customer_external_ids (system, external_id, customer_id)
select distinct on (system, external_id) * from unnest($1::text[], $2::text[], $3::uuid[]) as i (system, external_id, customer_id)
on conflict (tenant_id, system, external_id) do update set customer_id = excluded.customer_id`,
    values: [
      ids.map(({ system }) => system),
      ids.map(({ id }) => id),
      ids.map(({ customerId }) => customerId),
    ],
  });
}
