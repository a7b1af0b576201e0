// Copies of the customers, to know that they are there and what they are called.
import { onState, type Reaction } from "@guanxi/bus/reaction";
import { Customer, Customer_State } from "@guanxi/contract/guanxi/customer/v1/customer";
import type { At } from "@guanxi/kit/at";
import type { State } from "@guanxi/kit/columns";
import { nameKey } from "@guanxi/kit/filter/name-key";
import { copy, remove } from "@guanxi/kit/store";
import { type Table, table } from "@guanxi/kit/table";
import { EntitySchema, type EntitySchemaColumnOptions } from "typeorm";

interface CustomerCopy extends State {
  readonly customerId: string;
  readonly displayName: string;
  readonly nameKey: string;
  readonly ownerId: string | null;
  /** The number of the contract's enum, so that one which came later is kept all the same. */
  readonly grade: number;
}

const COLUMNS: Record<keyof CustomerCopy, EntitySchemaColumnOptions> = {
  customerId: { name: "customer_id", type: "uuid", primary: true },
  displayName: { name: "display_name", type: "text" },
  nameKey: { name: "name_key", type: "text" },
  ownerId: { name: "owner_id", type: "uuid", nullable: true },
  grade: { type: "int" },
  version: { type: "int" },
};

const tableWith = <S extends CustomerCopy>(more: Record<string, EntitySchemaColumnOptions>) =>
  table<S, unknown>({
    entity: new EntitySchema<S>({
      name: "customer",
      tableName: "customers",
      columns: { ...COLUMNS, ...more },
    }),
  });

export const customers = tableWith<CustomerCopy>({});

/** What a service keeps of a customer besides what all keep. */
interface Besides<More> {
  readonly columns: Readonly<Record<keyof More & string, EntitySchemaColumnOptions>>;
  readonly pick: (customer: Customer) => More;
}

export const mirrorCustomers = mirrorTo(customers, copyOf);

export const mirrorCustomersWith = <More extends object>({ columns, pick }: Besides<More>) =>
  mirrorTo(tableWith<CustomerCopy & More>(columns), (customer, version) => ({
    ...copyOf(customer, version),
    ...pick(customer),
  }));

function mirrorTo<S extends CustomerCopy>(
  target: Table<S>,
  made: (customer: Customer, version: number) => S,
): Reaction {
  return onState(Customer, [target.name, "customer_external_ids"], (changes, at) => {
    const last = [...new Map(changes.map((change) => [change.meta.aggregateId, change])).values()];
    const there = last.flatMap(({ state, meta }) => (state ? [made(state, meta.version)] : []));
    const gone = last.filter(({ state }) => !state).map(({ meta }) => meta.aggregateId);
    copy(at, target, there);
    remove(at, target, gone);
    keepExternalIds(
      at,
      last.map(({ meta }) => meta.aggregateId),
      last.flatMap(({ state }) => (state && state.state !== Customer_State.MERGED ? state : [])),
    );
  });
}

function copyOf(customer: Customer, version: number): CustomerCopy {
  // Whoever has become another customer is known by its id, and not found by its name any more.
  const displayName = customer.state === Customer_State.MERGED ? "" : customer.displayName;
  return {
    customerId: customer.customerId,
    displayName,
    nameKey: nameKey(displayName),
    ownerId: customer.ownerId || null,
    grade: customer.grade,
    version,
  };
}

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
