// What a leaver has open goes to whoever has the customer now.
import type { Job } from "@guanxi/bus/app";
import { enqueue } from "@guanxi/bus/enqueue";
import type { Reaction } from "@guanxi/bus/reaction";
import { HandOverCompleted } from "@guanxi/contract/guanxi/customer/v1/hand_over_events";
import type { At } from "@guanxi/kit/at";
import type { State } from "@guanxi/kit/columns";
import { lockFound, named } from "@guanxi/kit/store";
import type { Table } from "@guanxi/kit/table";

const HAND_OVER = "hand_over";

export const followHandOvers: Reaction = {
  tables: [],
  concerns: ({ type }) => type === HandOverCompleted.$type,
  react(events, at) {
    for (const { type, payload, sequence } of events)
      if (type === HandOverCompleted.$type) keep(at, HandOverCompleted.decode(payload), sequence);
  },
};

function keep(at: At, { meta, handOver }: HandOverCompleted, sequence: number): void {
  if (!handOver) throw new Error("a hand-over that is completed does not say what it was");
  at.tell({
    name: "hand overs keep",
    text: `insert into hand_overs (hand_over_id, from_user_id, to_user_ids, reason, stream_sequence)
      values ($1, $2, $3, $4, $5) on conflict do nothing`,
    values: [
      meta!.aggregateId,
      handOver.fromUserId,
      JSON.stringify(handOver.toUserIds),
      handOver.reason,
      sequence,
    ],
  });
  enqueue(at, HAND_OVER, meta!.aggregateId);
}

interface HandedOver {
  readonly fromUserId: string;
  readonly toUserIds: readonly string[];
  readonly reason: string;
  readonly streamSequence: bigint;
}

/** An open record of the leaver. */
interface Held {
  readonly id: string;
  readonly customerId: string | null;
}

/** What of a service is somebody's to do. */
export interface Book {
  /** The next open records of a user, in id order, at most so many. */
  open(at: At, userId: string, most: number): Promise<readonly Held[]>;
  /** Gives them to others: the user by the record's id. What is somebody else's by now is left alone. */
  give(at: At, to: ReadonlyMap<string, string>, from: string, reason: string): Promise<void>;
}

interface BookOptions<S extends State> {
  readonly table: Table<S>;
  /** The columns of the owner and, where there is one, of the customer. */
  readonly owner: string;
  readonly customer?: string;
  /** What of it is still to be done, as SQL. */
  readonly open: string;
  readonly ownerOf: (row: S) => string | null;
  give(at: At, row: S, userId: string, reason: string): unknown;
}

/** Records with an owner in a column. */
export const book = <S extends State>(options: BookOptions<S>): Book => ({
  open: (at, userId, most) => openOf(at, options, userId, most),
  async give(at, to, from, reason) {
    const { table, ownerOf } = options;
    for (const row of await lockFound(at, table, [...to.keys()]))
      if (ownerOf(row) === from) await options.give(at, row, to.get(row[table.idField] as string)!, reason);
  },
});

function openOf<S extends State>(at: At, options: BookOptions<S>, userId: string, most: number) {
  const { table, owner, customer = "null::uuid", open } = options;
  return named<Held>(at, {
    name: `${table.name} in hand of`,
    text: `select ${table.id.name} as id, ${customer} as "customerId" from ${table.name}
      where ${owner} = $1 and (${open}) order by ${table.id.name} limit $2`,
    values: [userId, most],
  });
}

const AT_ONCE = 200;

export const handOverJob = (service: string, books: readonly Book[]): Job => ({
  name: HAND_OVER,
  async run({ tenantId, subjectId, signal }, { settingsOf, act, passed }) {
    const { timeZone, currencyCode } = await settingsOf(tenantId);
    const as = { tenantId, timeZone, currencyCode, actor: `${service}/${HAND_OVER}` };
    const heard = await act(as, (at) => heardOf(at, subjectId));
    if (!heard) return;
    // The copies of customers name their new owners from then on.
    await passed(heard.streamSequence, signal);
    for (const book of books)
      for (let more = true; more; ) {
        signal.throwIfAborted();
        more = await act(as, (at) => giveSome(at, book, heard));
      }
  },
});

async function heardOf(at: At, handOverId: string): Promise<HandedOver | undefined> {
  const [found] = await named<HandedOver>(at, {
    name: "hand overs read",
    text: `select from_user_id as "fromUserId", to_user_ids as "toUserIds", reason, stream_sequence as "streamSequence"
      from hand_overs where hand_over_id = $1`,
    values: [handOverId],
  });
  return found;
}

async function giveSome(at: At, book: Book, { fromUserId, toUserIds, reason }: HandedOver): Promise<boolean> {
  const held = await book.open(at, fromUserId, AT_ONCE);
  if (held.length === 0) return false;
  const owners = await ownersOf(
    at,
    held.flatMap(({ customerId }) => customerId ?? []),
  );
  const heir = ({ customerId }: Held) => {
    const owner = customerId === null ? undefined : owners.get(customerId);
    return owner && owner !== fromUserId ? owner : toUserIds[0]!;
  };
  await book.give(at, new Map(held.map((each) => [each.id, heir(each)])), fromUserId, reason);
  return held.length === AT_ONCE;
}

async function ownersOf(at: At, customerIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await named<{ customerId: string; ownerId: string }>(at, {
    name: "customers owners",
    text: `select customer_id as "customerId", owner_id as "ownerId" from customers
      where customer_id = any($1::uuid[]) and owner_id is not null`,
    values: [[...new Set(customerIds)]],
  });
  return new Map(rows.map(({ customerId, ownerId }) => [customerId, ownerId]));
}
