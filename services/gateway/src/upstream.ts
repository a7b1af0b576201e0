import { Client, credentials, Metadata, type CallOptions, type ClientUnaryCall } from "@grpc/grpc-js";
import { nameOf } from "@guanxi/kit/contract";
import { keepalive } from "@guanxi/kit/keepalive";
import type { Exchange } from "./exchange.ts";
import { patiently } from "./presence.ts";
import type { Route } from "./routes.ts";

const LARGEST_ANSWER = 16 * 1024 * 1024;

/** One client for each area, with every replica behind its name. */
export const connect = (address: string): Client =>
  new Client(address, credentials.createInsecure(), {
    "grpc.service_config": JSON.stringify({ loadBalancingConfig: [{ round_robin: {} }] }),
    "grpc.service_config_disable_resolution": 1, // a TXT record would take the place of ours, and be asked for each time
    "grpc.max_receive_message_length": LARGEST_ANSWER,
    // A service that was restarted is found again at once; left alone, grpc-js waits up to two minutes. A request that
    // is answered 503 because the service was away for long brings no new attempt, so the longest pause is short.
    "grpc.initial_reconnect_backoff_ms": 100,
    "grpc.max_reconnect_backoff_ms": 500,
    // So is a replica of another address: it asks again only when a connection has ended, and not for 30 s after an answer.
    "grpc.dns_min_time_between_resolutions_ms": 500,
    ...keepalive,
    "grpc.keepalive_permit_without_calls": 1, // so that no caller has to be the one who finds it out
  });

export const rpcPath = (route: Route) => `/${nameOf(route.method)}`;

/** Nothing else of the caller's headers goes in: services trust the token alone. */
export function metadataOf({ endpoint, req: { headers }, trace }: Exchange): Metadata {
  // What is not sent again does not fail for a connection that is lost before it has gone: it waits for the next one. Not so
  // a stream, which would wait for its deadline, of minutes.
  const waitForReady = !endpoint.repeatable && endpoint.method.methodKind === "unary";
  const metadata = new Metadata({ waitForReady });
  metadata.set("traceparent", trace.traceparent);
  forward(metadata, "authorization", headers.authorization);
  forward(metadata, "tracestate", headers.tracestate as string | undefined);
  return metadata;
}

function forward(metadata: Metadata, name: string, value: string | undefined): void {
  if (value && /^[ -~]*$/.test(value)) metadata.set(name, value); // gRPC takes nothing but printable ASCII
}

export const deadlineOf = ({ deadline }: Exchange): CallOptions => ({ deadline });

/** Bytes in, bytes out: the gateway needs no generated code. */
export const raw = (bytes: Uint8Array) => bytes as Buffer;

/** A call of its own, which ends with the connection of whoever waits for it. */
export function callAlone(exchange: Exchange, message: Buffer): Promise<Uint8Array> {
  let call: ClientUnaryCall | undefined;
  exchange.res.once("close", () => call?.cancel()); // nobody waits any more; after an answer this does nothing
  return patiently(
    exchange,
    () =>
      new Promise((resolve, reject) => {
        call = exchange.endpoint.upstream.makeUnaryRequest(
          rpcPath(exchange.endpoint),
          raw,
          raw,
          message,
          metadataOf(exchange),
          deadlineOf(exchange),
          (error, reply) => (error ? reject(error) : resolve(reply!)),
        );
      }),
  );
}
