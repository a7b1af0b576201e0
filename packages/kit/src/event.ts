import { isDeepStrictEqual } from "node:util";
import { Meta, Actor_Kind, Origin } from "@guanxi/contract/guanxi/event/v1/event";
import { v7 } from "uuid";
import type { At, Principal } from "./at.ts";
import type { Codec } from "./codec.ts";
import { loadContract, messageOf } from "./contract.ts";
import { refuse } from "./refuse.ts";
import type { State } from "./columns.ts";
import type { Table } from "./table.ts";

export interface Outgoing {
  readonly eventId: string;
  readonly subject: string;
  readonly payload: Buffer;
}

/** Without a state before it begins, without one after it ends. */
interface Change<S> {
  readonly before: S | undefined;
  readonly after: S | undefined;
}

const MOST_HOPS = 16;
/** A NATS server takes a megabyte unless it is told otherwise; an event that it refuses would stand in the relay's way for ever. */
const LARGEST = 900_000;

/** The event of one new version, as guanxi/event/v1/event.proto lays it out. */
export function eventOf<S extends State, M extends object>(
  at: At,
  table: Table<S, M>,
  change: Change<S>,
  type: Codec<unknown>,
  facts: object,
): Outgoing {
  const { message, present } = table;
  if (!message || !present) throw new Error(`${table.name} has no public state to tell of`);
  if (at.cause.hops > MOST_HOPS) throw refuse("precondition", "TOO_MANY_HOPS", "Reactions run in a circle.");
  const now = change.after && present(change.after);
  const before = change.before && present(change.before);
  const nothing = emptyOf(message);
  const changed = changedKeys(now ?? nothing, before ?? nothing);
  const about = aboutOf(table, change);
  const partition = about.customerId || about.aggregateId;
  const eventId = v7({ msecs: at.now.getTime() });
  const event = type.fromPartial({
    ...facts,
    meta: metaOf(at, { eventId, aggregateType: message.$type, ...about }),
    [stateField(type)]: now,
    changedFields: changed.map(snake),
    previous: before && pick(before, changed),
  });
  const payload = sendable(type.encode(event).finish());
  return { eventId, subject: subjectOf(at.tenantId, type, partition), payload };
}

/** Once it is gone, its last version is one more than what it was. */
function aboutOf<S extends State, M>({ idField, customerOf }: Table<S, M>, { before, after }: Change<S>) {
  const last = (after ?? before)!;
  return {
    aggregateId: last[idField] as string,
    customerId: customerOf?.(last) ?? "",
    version: after ? after.version : last.version + 1,
  };
}

function sendable(payload: Uint8Array): Buffer {
  if (payload.length <= LARGEST) return Buffer.from(payload);
  throw refuse(
    "invalid",
    "TOO_LARGE",
    "The record with what it was before is larger than an event may be: shorten it.",
  );
}

function metaOf({ tenantId, principal, cause, now }: At, about: Partial<Meta>): Meta {
  return Meta.fromPartial({
    ...about,
    tenantId,
    time: now,
    actor: actorOf(principal),
    initiator: cause.initiator && actorOf(cause.initiator),
    causationId: cause.causationId,
    correlationId: cause.correlationId,
    hops: cause.hops,
    origin: cause.origin ?? Origin.LIVE,
    importId: cause.importId ?? "",
  });
}

const ACTORS = { user: Actor_Kind.USER, service: Actor_Kind.SERVICE, import: Actor_Kind.IMPORT } as const;

export const actorOf = ({ kind, id, name }: Principal) => ({
  kind: ACTORS[kind],
  id,
  name,
});

const stateFields = new Map<string, string>();

/** What an event calls the state after it: its field 2, whose name may be shorter than the aggregate's. */
function stateField({ $type }: Codec<unknown>): string {
  const known = stateFields.get($type);
  if (known !== undefined) return known;
  const { jsonName } = messageOf(loadContract(), $type).fields.find(({ number }) => number === 2)!;
  stateFields.set($type, jsonName);
  return jsonName;
}

function changedKeys<M extends object>(now: M, before: M): (keyof M & string)[] {
  const keys = Object.keys(now) as (keyof M & string)[];
  return keys.filter((key) => key !== "etag" && !isDeepStrictEqual(now[key], before[key]));
}

const pick = <M extends object>(message: M, keys: (keyof M & string)[]) =>
  Object.fromEntries(keys.map((key) => [key, message[key]]));

/** Names of fields are few, and imports ask for them a million times. */
const snakes = new Map<string, string>();

function snake(key: string): string {
  const known = snakes.get(key);
  if (known !== undefined) return known;
  const made = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  snakes.set(key, made);
  return made;
}

const empties = new WeakMap<object, object>();

function emptyOf<M extends object>(message: Codec<M>): M {
  const empty = empties.get(message) ?? message.fromPartial({});
  empties.set(message, empty);
  return empty as M;
}

/** guanxi.<tenant>.<area>.v1.<Event>.p<00..15> */
export function subjectOf(tenantId: string, { $type }: Codec<unknown>, partitionId: string): string {
  const [, area, major, name] = $type.split(".");
  return `guanxi.${tenantId}.${area}.${major}.${name}.${partitionOf(partitionId)}`;
}

/** The last part of a subject, of the customer concerned, else of the aggregate. */
export const partitionOf = (id: string): string =>
  `p${String(fnv1a(id.toLowerCase()) % 16).padStart(2, "0")}`;

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}
