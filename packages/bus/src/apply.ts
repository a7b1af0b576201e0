import { Actor_Kind, type Actor, Origin } from "@guanxi/contract/guanxi/event/v1/event";
import type { At, Principal } from "@guanxi/kit/at";
import { checkOf } from "@guanxi/kit/answer";
import { loadContract } from "@guanxi/kit/contract";
import type { Db } from "@guanxi/kit/db";
import type { Row, Statement } from "@guanxi/kit/flush";
import { Refusal, refuse } from "@guanxi/kit/refuse";
import type { TenantSettings } from "@guanxi/kit/tenants";
import { transaction } from "@guanxi/kit/transaction";
import { checker } from "@guanxi/kit/validate";
import { v7 } from "uuid";
import { letters } from "./letters.ts";
import type { Incoming, Reader } from "./reaction.ts";
import type { Received } from "./received.ts";

export interface ApplyOptions {
  readonly service: string;
  readonly db: Db;
  readonly reader: Reader;
  settingsOf(tenantId: string): Promise<TenantSettings>;
  /** False while the archive is read, which is no place in the stream to go on from. */
  readonly reachesTheStream?: boolean;
}

export const durableOf = ({ service, reader }: Pick<ApplyOptions, "service" | "reader">) =>
  `${service}-${reader.area}-${reader.kind}-${reader.name}`;

/** Undefined where identity's word has not come yet: only what asks for the tenant's zone or currency has to wait for it. */
export async function settingsIfKnown(
  { settingsOf }: ApplyOptions,
  tenantId: string,
): Promise<TenantSettings | undefined> {
  try {
    return await settingsOf(tenantId);
  } catch (error) {
    if (error instanceof Refusal && error.reason === "UNKNOWN_TENANT") return undefined;
    throw error;
  }
}

/** A rebuild keeps the readers of this consumer and tenant out as long as it runs. */
export const keepOut = (consumer: string, tenantId: string, shared: boolean): Statement => ({
  text: `select pg_advisory_xact_lock${shared ? "_shared" : ""}(hashtextextended($1, 0))`,
  values: [`${consumer} ${tenantId}`],
});

const SEE = `insert into seen (consumer, aggregate_id, version)
  select $1, id, 0 from unnest($2::uuid[]) as id on conflict do nothing`;
const SEEN = `select aggregate_id, version from seen
  where consumer = $1 and aggregate_id = any($2::uuid[]) order by aggregate_id for update`;
const FAILING = `select aggregate_id, parked from dead_letters where consumer = $1 and aggregate_id = any($2::uuid[])`;
const HEALED =
  "delete from dead_letters where consumer = $1 and aggregate_id = any($2::uuid[]) and not parked";
const ADVANCE = `update seen s set version = i.version from unnest($2::uuid[], $3::int[]) as i (id, version)
  where s.consumer = $1 and s.aggregate_id = i.id`;
/** Says which of them this effect has not done yet. */
const INBOX = `insert into inbox (consumer, event_id) select $1, id from unnest($2::uuid[]) as id
  on conflict do nothing returning event_id`;
const CHECKPOINT = `insert into checkpoints as c (consumer, stream_sequence, event_id) values ($1, $2, $3)
  on conflict (consumer) do update set stream_sequence = excluded.stream_sequence, event_id = excluded.event_id
  where excluded.stream_sequence > c.stream_sequence`;

/**
 * One tenant's events in one transaction: what has been seen of each aggregate, then all reactions, the guard and COMMIT.
 * Answers what stands behind a gap, which an effect has to wait for.
 */
export async function apply(
  options: ApplyOptions,
  tenantId: string,
  batch: readonly Received[],
): Promise<Set<Received>> {
  const { db, reader } = options;
  const consumer = durableOf(options);
  const ids = [...new Set(batch.map(({ event }) => event.meta.aggregateId))].sort();
  const settings = await settingsIfKnown(options, tenantId);
  const tx = transaction(db, { tenantId, opening: () => [keepOut(consumer, tenantId, true)] });
  const share = tx.share();
  try {
    share.tell({ name: "see", text: SEE, values: [consumer, ids] });
    const [seen, failing] = await Promise.all([
      share.ask({ name: "seen", text: SEEN, values: [consumer, ids] }),
      share.ask({ name: "failing", text: FAILING, values: [consumer, ids] }),
    ]);
    const last = new Map(seen.map((row) => [row.aggregate_id as string, row.version as number]));
    const { open, stuck } = withoutStuck(batch, failing);
    if (stuck.length > 0) share.tell(letters(consumer, stuck));
    const { fresh, early } = inOrder(open, last, reader.kind === "effect" || reader.everyVersion === true);
    const due = reader.kind === "effect" ? await notDone(share, options, fresh) : fresh;
    await reactAll(options, share, { tenantId, settings, fresh: due });
    const healed = fresh.map(({ meta }) => meta.aggregateId);
    if (failing.length > 0) share.tell({ text: HEALED, values: [consumer, healed] });
    const versions = [[...last.keys()], [...last.values()]];
    share.tell({ name: "advance", text: ADVANCE, values: [consumer, ...versions] });
    const { sequence, event } = batch.reduce((a, b) => (a.sequence > b.sequence ? a : b));
    if (early.size === 0 && options.reachesTheStream !== false)
      share.tell({ name: "checkpoint", text: CHECKPOINT, values: [consumer, sequence, event.meta.eventId] });
    await tx.commit([]);
    return early;
  } catch (error) {
    await tx.rollback();
    throw error;
  }
}

/** What stands behind an event that could not be applied is put aside with it. */
function withoutStuck(batch: readonly Received[], failing: readonly Row[]) {
  const parked = new Set(failing.filter((row) => row.parked).map((row) => row.aggregate_id));
  const { open = [], stuck = [] } = Object.groupBy(batch, ({ event }) =>
    parked.has(event.meta.aggregateId) ? "stuck" : "open",
  );
  return { open, stuck };
}

/** Not even a reader made anew does an effect twice; and what an import or a rebuild says is nothing to write mails about. */
export async function notDone(
  sending: Sending,
  options: ApplyOptions,
  events: readonly Incoming[],
): Promise<Incoming[]> {
  const origins: Origin[] = options.reader.imports ? [Origin.LIVE, Origin.IMPORT] : [Origin.LIVE];
  const ids = events.map(({ meta }) => meta.eventId);
  const rows = await sending.ask({ name: "inbox", text: INBOX, values: [durableOf(options), ids] });
  const granted = new Set(rows.map((row) => row.event_id as string));
  return events.filter(({ meta }) => granted.has(meta.eventId) && origins.includes(meta.origin));
}

export interface Sending extends Pick<At, "atEnd"> {
  ask(statement: Statement): Promise<Row[]>;
  tell(statement: Statement): void;
}

interface Work {
  readonly tenantId: string;
  readonly settings: TenantSettings | undefined;
  readonly fresh: readonly Incoming[];
}

/** A projection sees its events alone; an effect each for itself, since it causes others. */
export async function reactAll(
  { service, reader }: ApplyOptions,
  sending: Sending,
  work: Work,
): Promise<void> {
  const { fresh } = work;
  const groups = reader.kind === "effect" ? fresh.map((event) => [event]) : fresh.length > 0 ? [fresh] : [];
  for (const group of groups) {
    const at = atOf(`${service}/${reader.name}`, sending, work, group.at(-1)!);
    for (const reaction of reader.reactions) await reaction.react(group, at);
  }
}

const check = (() => {
  let made: At["check"] | undefined;
  return () => (made ??= checkOf(loadContract(), checker(loadContract())));
})();

/** A reaction acts as its service, at the time of the event: done again, it does the same. */
function atOf(actor: string, sending: Sending, { tenantId, settings }: Work, { meta }: Incoming): At {
  const now = meta.time ?? new Date(0);
  const need = () => {
    if (!settings)
      throw refuse("unavailable", "UNKNOWN_TENANT", `The tenant ${tenantId} is not known here yet.`);
    return settings;
  };
  return {
    ...sending,
    tenantId,
    now,
    principal: { kind: "service", id: actor, name: actor },
    cause: {
      correlationId: meta.correlationId,
      causationId: meta.eventId,
      hops: meta.hops + 1,
      initiator: principalOf(meta.initiator ?? meta.actor),
      origin: meta.origin,
      ...(meta.importId && { importId: meta.importId }),
    },
    get today() {
      return need().dayOf(now);
    },
    get timeZone() {
      return need().timeZone;
    },
    get currencyCode() {
      return need().currencyCode;
    },
    newId: () => v7(),
    may: () => true,
    need: () => undefined,
    check: check(),
    claim: () => undefined,
    known: new Map(),
  };
}

const principalOf = (actor: Actor | undefined): Principal => ({
  kind: actor?.kind === Actor_Kind.USER ? "user" : "service",
  id: actor?.id ?? "",
  name: actor?.name ?? "",
});

/** So often a first version that is missing is waited for; then it is older than the stream. */
const PATIENCE = 3;

/** What is newer than `last`, which moves on with it. Where every version is owed, one behind a gap is early. */
function inOrder(received: readonly Received[], last: Map<string, number>, everyVersion: boolean) {
  const fresh: Incoming[] = [];
  const early = new Set<Received>();
  for (const one of received.toSorted((a, b) => a.event.meta.version - b.event.meta.version)) {
    const { aggregateId, version } = one.event.meta;
    const seen = last.get(aggregateId)!;
    if (version <= seen) continue;
    const lateStart = seen === 0 && (one.deliveries ?? 1) > PATIENCE;
    if (everyVersion && version > seen + 1 && !lateStart) {
      early.add(one);
      continue;
    }
    last.set(aggregateId, version);
    fresh.push(one.event);
  }
  return { fresh, early };
}
