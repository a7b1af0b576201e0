// Records follow their customer when it turns out to be another one, and come back when that was a mistake.
import type { Job } from "@guanxi/bus/app";
import { enqueue } from "@guanxi/bus/enqueue";
import { on } from "@guanxi/bus/reaction";
import { CustomerAbsorbed, CustomerSeparated } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import type { At } from "@guanxi/kit/at";
import type { Codec } from "@guanxi/kit/codec";
import type { State } from "@guanxi/kit/columns";
import { lockFound, named, record } from "@guanxi/kit/store";
import type { Table } from "@guanxi/kit/table";

const FOLLOW = "follow_merge";
const FOLLOW_LATE = "follow_merge_late";
/** A transaction that has not seen the merge may still be under way. */
const LATE_MS = 30_000;

export const followAbsorbed = on(CustomerAbsorbed, ({ meta, survivorCustomerId }, at) => {
  at.tell({
    name: "customer links set",
    text: `insert into customer_links (customer_id, merged_into_id) values ($1, $2)
      on conflict (tenant_id, customer_id) do update set merged_into_id = excluded.merged_into_id`,
    values: [meta!.aggregateId, survivorCustomerId],
  });
  follow(at, meta!.aggregateId);
});

export const followSeparated = on(CustomerSeparated, ({ meta }, at) => {
  at.tell({
    name: "customer links unset",
    text: "delete from customer_links where customer_id = $1",
    values: [meta!.aggregateId],
  });
  follow(at, meta!.aggregateId);
});

function follow(at: At, customerId: string): void {
  enqueue(at, FOLLOW, customerId);
  enqueue(at, FOLLOW_LATE, customerId, new Date(Date.now() + LATE_MS));
}

/** Who names a customer that has become another one gets that one, and the record remembers who was named. */
export async function followIfMerged(at: At, customerId: string): Promise<void> {
  const text = "select 1 from customer_links where customer_id = $1";
  const merged = await named(at, { name: "customer links read", text, values: [customerId] });
  if (merged.length > 0) enqueue(at, FOLLOW, customerId);
}

/** A record, and the customer that it is to be of. */
export interface Move {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Whose it was before any merge. */
  readonly origin: string;
}

/** What hangs on customers: where it is, and how it becomes another one's. */
export interface Linked {
  /** Its table. */
  readonly kind: string;
  readonly idColumn: string;
  /** Answers those that it has moved; what somebody has given to another customer meanwhile is left alone. */
  move(at: At, moves: readonly Move[]): Promise<readonly Move[]>;
}

type WithCustomer = State & { readonly customerId: string | null; readonly updateTime?: Date };

/** A record that is its customer's by a column, and says so by an event of its own. */
export const linked = <S extends WithCustomer>(table: Table<S>, event: Codec<unknown>): Linked => ({
  kind: table.name,
  idColumn: table.id.name,
  async move(at, moves) {
    const wanted = new Map(moves.map((each) => [each.id, each]));
    const locked = await lockFound(at, table, [...wanted.keys()]);
    const idOf = (row: S) => row[table.idField] as string;
    const theirs = locked.filter((row) => row.customerId === wanted.get(idOf(row))!.from);
    const after = theirs.map((row) => ({ ...row, ...moved(row, wanted.get(idOf(row))!, at) }));
    record(at, table, after, event);
    return theirs.map((row) => wanted.get(idOf(row))!);
  },
});

const moved = ({ updateTime }: WithCustomer, { to }: Move, { now }: At) => ({
  customerId: to,
  ...(updateTime && { updateTime: now > updateTime ? now : updateTime }),
});

const AT_ONCE = 200;

/** In batches, each a transaction of its own: begun anew it goes on where it was. */
export const mergeJobs = (service: string, all: readonly Linked[]): Job[] =>
  [FOLLOW, FOLLOW_LATE].map((name) => ({
    name,
    async run({ tenantId, subjectId, signal }, { settingsOf, act }) {
      const { timeZone, currencyCode } = await settingsOf(tenantId);
      const as = { tenantId, timeZone, currencyCode, actor: `${service}/${FOLLOW}` };
      for (const each of all)
        for (let more = true; more; ) {
          signal.throwIfAborted();
          more = await act(as, (at) => moveSome(at, each, subjectId));
        }
    },
  }));

async function moveSome(at: At, part: Linked, customerId: string): Promise<boolean> {
  const moves = await movesOf(at, part, customerId);
  if (moves.length === 0) return false;
  remember(at, part.kind, await part.move(at, moves));
  return moves.length === AT_ONCE;
}

// What stands at a customer that has become another one, and what was moved away from one that is not that one any more.
const movesOf = (at: At, { kind, idColumn }: Linked, customerId: string) =>
  named<Move>(at, {
    name: `${kind} to move`,
    text: `
with recursive below as (
  select $1::uuid as customer_id
  union
  select l.customer_id from customer_links l join below b on l.merged_into_id = b.customer_id),
way as (
  select customer_id as origin, customer_id as place from below
  union
  select w.origin, l.merged_into_id from way w join customer_links l on l.customer_id = w.place),
target as (
  select origin, place from way w
  where not exists (select 1 from customer_links l where l.customer_id = w.place)),
found as (
  select t.${idColumn} as id, t.customer_id as "from", g.place as "to", coalesce(m.customer_id, t.customer_id) as origin
  from target g join ${kind} t on t.customer_id = g.origin
  left join customer_moves m on m.kind = '${kind}' and m.record_id = t.${idColumn}
  where g.place <> g.origin
  union
  select m.record_id, t.customer_id, g.place, g.origin
  from target g join customer_moves m on m.kind = '${kind}' and m.customer_id = g.origin
  join ${kind} t on t.${idColumn} = m.record_id and t.customer_id = m.moved_to_id
  where t.customer_id <> g.place)
select * from found order by id limit ${AT_ONCE}`,
    values: [customerId],
  });

function remember(at: At, kind: string, moves: readonly Move[]): void {
  const [home, away] = [
    moves.filter(({ to, origin }) => to === origin),
    moves.filter(({ to, origin }) => to !== origin),
  ];
  at.tell({
    name: "customer moves set",
    text: `
insert into customer_moves (kind, record_id, customer_id, moved_to_id)
select $1, * from unnest($2::uuid[], $3::uuid[], $4::uuid[])
on conflict (tenant_id, kind, record_id) do update set moved_to_id = excluded.moved_to_id`,
    values: [kind, away.map(({ id }) => id), away.map(({ origin }) => origin), away.map(({ to }) => to)],
  });
  at.tell({
    name: "customer moves unset",
    text: "delete from customer_moves where kind = $1 and record_id = any($2::uuid[])",
    values: [kind, home.map(({ id }) => id)],
  });
}
