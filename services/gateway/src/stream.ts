// GET /v1/stream: what happens, to those who may know it, as it happens.
import { type Client, status } from "@grpc/grpc-js";
import type { Contract } from "@guanxi/kit/contract";
import { partitionOf } from "@guanxi/kit/event";
import type { Log } from "@guanxi/kit/log";
import type { Request, Response } from "express";
import { Refused } from "./refused.ts";
import { type EventStream, eventStream } from "./stream-answer.ts";
import { type Bus, type BusAddress, type Connected, type Feed, openBus } from "./stream-bus.ts";
import { type EventTypes, eventTypes } from "./stream-event.ts";
import { startOf, type StreamQuery, streamQuery } from "./stream-query.ts";
import { newReaders, type Readers } from "./stream-readers.ts";
import { type Listener, type Rights, rightsOf, type WhoIs, whoIs } from "./stream-rights.ts";
import { tell } from "./stream-tell.ts";
import { newTurns, type Turns } from "./stream-turns.ts";

export const STREAM_PATH = "/v1/stream";

/** Rights are asked for again so often, whatever has been said of the user. */
const ASK_AGAIN_MS = 60_000;

export interface StreamOptions {
  contract: Contract;
  log: Log;
  /** Without one nobody can be told anything. */
  bus: BusAddress | undefined;
  identity: Client | undefined;
  /** Who asks, by header or by session; asked again as long as the stream goes on. */
  authorizationOf(req: Request): Promise<string | undefined>;
}

export interface EventStreams {
  serve(req: Request, res: Response, query: string): Promise<void>;
  /** Ends them all, and from now on each as soon as it begins: their readers come back, to another gateway. */
  drain(): void;
  close(): Promise<void>;
}

interface Serving {
  options: StreamOptions;
  bus: Bus;
  who: WhoIs;
  types: EventTypes;
  readers: Readers;
  turns: Turns;
  draining(): boolean;
}

export function createStreams(options: StreamOptions): EventStreams {
  const { bus: address, identity, contract } = options;
  if (!address || !identity) return silent;
  let draining = false;
  const readers = newReaders();
  const bus = openBus(address);
  const serving: Serving = {
    options,
    bus,
    readers,
    who: whoIs(contract, identity),
    types: eventTypes(contract),
    turns: newTurns(),
    draining: () => draining,
  };
  return {
    serve: (req, res, query) => serve(serving, req, res, query),
    drain() {
      draining = true;
      readers.endAll();
    },
    close: () => bus.close(),
  };
}

const silent: EventStreams = {
  async serve() {
    throw unavailable("This gateway has no NATS_URL, so it hears of no events.");
  },
  drain: () => undefined,
  close: async () => undefined,
};

const unavailable = (message: string) =>
  new Refused({ code: status.UNAVAILABLE, reason: "NO_EVENTS", message, violations: [] });

async function serve(serving: Serving, req: Request, res: Response, text: string): Promise<void> {
  const { options, who, types, readers } = serving;
  const query = streamQuery(text, req.headers, types);
  const ask = async () => who(await options.authorizationOf(req));
  const listener = await ask();
  const place = readers.take(listener);
  try {
    const connected = await serving.bus.connected().catch((error: unknown) => {
      options.log.warn({ err: error }, "the bus does not answer");
      throw unavailable("Events cannot be read at the moment.");
    });
    const places = await connected.places();
    if (res.destroyed) return;
    const start = startOf(query, places);
    const out = eventStream(res, typeof start.from === "number" ? start.from - 1 : undefined);
    place.standsFor(out);
    if (serving.draining()) return out.end("this gateway stops");
    if (start.gap) await out.event("gap", JSON.stringify({ firstSequence: String(places.first) }));
    const feed = await connected.follow({ subject: subjectOf(listener.tenantId, query), from: start.from });
    await pour({ serving, query, listener, connected, feed, out }, rightsOf(listener, ask));
  } finally {
    place.free();
  }
}

/** One subject only: servers before 2.10 take no more for one consumer. What it lets pass besides is left out here. */
function subjectOf(tenantId: string, { topics, customerId }: StreamQuery): string {
  if (customerId) return `guanxi.${tenantId}.*.v1.*.${partitionOf(customerId)}`;
  const [area, name] = topics.length === 1 ? topics[0]!.split(".") : [];
  if (name) return `guanxi.${tenantId}.${area}.v1.${name}.>`;
  return area ? `guanxi.${tenantId}.${area}.v1.>` : `guanxi.${tenantId}.>`;
}

interface Pouring {
  serving: Serving;
  query: StreamQuery;
  listener: Listener;
  connected: Connected;
  feed: Feed;
  out: EventStream;
}

async function pour(pouring: Pouring, rights: Rights): Promise<void> {
  const { serving, listener, connected, feed, out } = pouring;
  const stop = connected.onUser(listener.userId, rights.outdated);
  const again = setInterval(() => {
    rights.outdated();
    rights.current().catch(() => out.end("sign in again"));
  }, ASK_AGAIN_MS);
  out.ended.addEventListener("abort", feed.end);
  if (out.ended.aborted) feed.end();
  try {
    const { types, turns, options } = serving;
    await tell({ ...pouring, tenantId: listener.tenantId, types, turns, rights, log: options.log });
    out.end("the bus has gone");
  } catch (error) {
    serving.options.log.info({ err: error }, "a stream of events has ended");
    out.end("sign in again");
  } finally {
    clearInterval(again);
    stop();
    feed.end();
  }
}
