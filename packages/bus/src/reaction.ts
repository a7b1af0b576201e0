import { Envelope, type Meta } from "@guanxi/contract/guanxi/event/v1/event";
import type { At } from "@guanxi/kit/at";
import type { Codec } from "@guanxi/kit/codec";
import { copy, remove } from "@guanxi/kit/store";
import type { State } from "@guanxi/kit/columns";
import type { Table } from "@guanxi/kit/table";
import { type Held, type HeldRows, type HeldSums, rowsIn } from "./held.ts";

/** An event as it arrived: its type by name, its state still in bytes. */
export interface Incoming {
  /** guanxi.customer.v1.CustomerArchived */
  readonly type: string;
  readonly meta: Meta;
  readonly envelope: Envelope;
  readonly payload: Uint8Array;
  /** Its place in the stream. */
  readonly sequence: number;
}

/** What a service does on others' events. It gets all of a batch at once, each aggregate's in order. */
export interface Reaction {
  /** The tables it writes, which a rebuild empties. */
  readonly tables: readonly string[];
  /** Whether it does anything about such an event; about any, where that is not said. */
  concerns?(event: Incoming): boolean;
  react(events: readonly Incoming[], at: At): void | Promise<void>;
  /** How its rows follow from the states, where that can be said. */
  readonly held?: Held;
}

/** Reads one area, as a projection or an effect. */
export interface Reader {
  readonly name: string;
  readonly area: string;
  /** A projection reads only states and takes the newest; an effect is owed every version, in order, and never again. */
  readonly kind: "projection" | "effect";
  readonly reactions: readonly Reaction[];
  /** A projection that keeps what happened, not only what came of it, is owed every version too. */
  readonly everyVersion?: boolean;
  /** An effect passes over what an import says, since nobody wants mails about the past, unless it says otherwise. */
  readonly imports?: boolean;
}

export const projection = (
  name: string,
  area: string,
  reactions: readonly Reaction[],
  { everyVersion = false } = {},
): Reader => ({ name, area, kind: "projection", reactions, everyVersion });

export const effect = (
  name: string,
  area: string,
  reactions: readonly Reaction[],
  { imports = false } = {},
): Reader => ({ name, area, kind: "effect", reactions, imports });

/** Events of one type, one after the other. */
export function on<E>(type: Codec<E>, react: (event: E, at: At) => void | Promise<void>): Reaction {
  const concerns = (event: Incoming) => event.type === type.$type;
  return {
    tables: [],
    concerns,
    async react(events, at) {
      for (const event of events) if (concerns(event)) await react(type.decode(event.payload), at);
    },
  };
}

export interface StateChange<M> {
  readonly meta: Meta;
  /** The event's place in the stream. */
  readonly sequence: number;
  /** The state after; undefined once the aggregate has been erased. */
  readonly state: M | undefined;
  readonly previous: M | undefined;
  readonly changedFields: readonly string[];
}

/** Every event of one kind of aggregate, whatever it is called: a new type of event needs no new code here. */
export function onState<M>(
  state: Codec<M>,
  tables: readonly string[],
  react: (changes: StateChange<M>[], at: At) => void | Promise<void>,
  held: { readonly rows?: readonly HeldRows<M>[]; readonly sums?: readonly HeldSums[] } = {},
): Reaction {
  const concerns = ({ meta }: Incoming) => meta.aggregateType === state.$type;
  return {
    tables,
    concerns,
    react(events, at) {
      const changes = events.filter(concerns).map(changeOf(state));
      return changes.length > 0 ? react(changes, at) : undefined;
    },
    ...(held.rows && { held: heldOf(state, held.rows, held.sums) }),
  };
}

const heldOf = <M>(state: Codec<M>, rows: readonly HeldRows<M>[], sums: readonly HeldSums[] = []): Held => ({
  aggregateType: state.$type,
  rows: rows.map((each) => ({
    ...each,
    rowsOf: (bytes, meta, at) => each.rowsOf(state.decode(bytes), meta, at),
  })),
  sums,
});

const changeOf =
  <M>(state: Codec<M>) =>
  ({ meta, envelope, sequence }: Incoming): StateChange<M> => ({
    meta,
    sequence,
    state: envelope.state.length > 0 ? state.decode(envelope.state) : undefined,
    previous: envelope.previous.length > 0 ? state.decode(envelope.previous) : undefined,
    changedFields: envelope.changedFields ?? [],
  });

/** A copy of another service's rows: the last state of each. What has been erased goes from the copy too. */
export function mirror<M, S extends State>(
  state: Codec<M>,
  target: Table<S>,
  pick: (state: M, meta: Meta) => S,
): Reaction {
  const react = (changes: StateChange<M>[], at: At) => {
    const last = [...new Map(changes.map((change) => [change.meta.aggregateId, change])).values()];
    const rows = last.flatMap(({ state, meta }) => (state ? [pick(state, meta)] : []));
    copy(at, target, rows);
    remove(
      at,
      target,
      last.filter((change) => !change.state).map(({ meta }) => meta.aggregateId),
    );
  };
  const rows = [rowsIn<M, S>(target, (state, meta) => [pick(state, meta)])];
  return onState(state, [target.name], react, { rows });
}

/** guanxi.<tenant>.<area>.v1.<Event>.p07 -> guanxi.<area>.v1.<Event> */
export function incoming(subject: string, payload: Uint8Array, sequence: number): Incoming {
  const [, tenant, area, major, name] = subject.split(".");
  const envelope = Envelope.decode(payload);
  const { meta } = envelope;
  if (!meta?.eventId || !meta.aggregateId) throw new Error("the message is no event");
  // Who may publish for one tenant or area may not speak for another.
  if (meta.tenantId !== tenant || !meta.aggregateType.startsWith(`guanxi.${area}.`))
    throw new Error("the event is of another tenant or area than its subject");
  return { type: `guanxi.${area}.${major}.${name}`, meta, envelope, payload, sequence };
}
