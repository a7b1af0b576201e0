// Events as the stream holds them, and as those see them who may.
import {
  type DescMessage,
  fromBinary as decode,
  type JsonObject,
  type Message,
  toJson,
} from "@bufbuild/protobuf";
import { Envelope, type Meta } from "@guanxi/contract/guanxi/event/v1/event";
import type { Contract } from "@guanxi/kit/contract";
import { personalMask } from "@guanxi/kit/personal";
import { eventsOf, resourcesOf } from "./stream-resources.ts";

/** What a subject tells of an event, before anything of it is read. */
export interface EventKind {
  /** Without its package: CustomerRegistered. */
  readonly name: string;
  readonly area: string;
  /** What one needs the right to read. */
  readonly resource: string;
  /** One line of JSON, with or without what tells who a person is. Fails for what is not as the contract has it. */
  json(message: Streamed, personal: boolean): string;
}

export interface EventTypes {
  /** Whether there is such a topic: customer or customer.CustomerRegistered. */
  knows(topic: string): boolean;
  /** Undefined for what is no event of this tenant, or of a later release than this gateway. */
  kindOf(subject: string, tenantId: string): EventKind | undefined;
}

export interface Streamed {
  readonly subject: string;
  readonly data: Uint8Array;
  readonly seq: number;
}

interface EventType {
  event: DescMessage;
  state: DescMessage;
  stateField: string;
  mask: ((event: unknown) => unknown) | undefined;
}

export function eventTypes(contract: Contract, read: typeof decode = decode): EventTypes {
  const kinds = new Map<string, EventKind>();
  const resources = resourcesOf(contract);
  for (const event of eventsOf(contract)) {
    const { message: state, jsonName: stateField } = event.fields.find(({ number }) => number === 2)!;
    const mask = personalMask(contract, event);
    const type: EventType = { event, state: state!, stateField, mask };
    const [, area, , name] = event.typeName.split(".") as [string, string, string, string];
    kinds.set(event.typeName, {
      name,
      area,
      resource: resources.get(state!.typeName)!,
      json: ({ subject, data, seq }, personal) =>
        JSON.stringify({
          type: event.typeName,
          subject,
          sequence: String(seq),
          ...shown(contract, type, read(event, data), personal),
        }),
    });
  }
  const topics = new Set([...kinds.values()].flatMap(({ area, name }) => [area, `${area}.${name}`]));
  return {
    knows: (topic) => topics.has(topic),
    kindOf(subject, tenantId) {
      const [, tenant, area, major, name] = subject.split(".");
      return tenant === tenantId ? kinds.get(`guanxi.${area}.${major}.${name}`) : undefined;
    },
  };
}

/** What all events have in common, at a small part of the cost of reading one. */
export function metaOf({ data }: Streamed): Meta {
  const { meta } = Envelope.decode(data);
  if (!meta) throw new Error("an event without meta");
  return meta;
}

/** All fields of the state; of what was before, those that have changed. What else the event says are its facts. */
function shown(contract: Contract, type: EventType, message: Message, personal: boolean): JsonObject {
  const whole = toJson(type.event, message, { alwaysEmitImplicit: true, registry: contract }) as JsonObject;
  const seen = personal || !type.mask ? whole : (type.mask(whole) as JsonObject);
  const { meta, [type.stateField]: state, changedFields, previous, ...facts } = seen;
  const changed = String(changedFields ?? "")
    .split(",")
    .filter(Boolean);
  const before = Object.entries((previous ?? {}) as JsonObject).filter(([name]) => changed.includes(name));
  const open = (part: JsonObject) => (personal ? part : withoutOwn(type.state, part));
  return {
    meta: meta!,
    ...(state && { state: open(state as JsonObject) }),
    changedFields: changed,
    previous: open(Object.fromEntries(before)),
    facts,
  };
}

/** Which of a tenant's own fields tell who a person is knows the service alone, so that here all of them count as such. */
function withoutOwn(state: DescMessage, part: JsonObject): JsonObject {
  const own = state.fields.filter(({ message }) => message?.typeName === "google.protobuf.Struct");
  const names = own.map(({ jsonName }) => jsonName);
  return Object.fromEntries(Object.entries(part).filter(([name]) => !names.includes(name)));
}
