import { Client, credentials, Metadata, type CallOptions } from "@grpc/grpc-js";
import { nameOf } from "@guanxi/kit/contract";
import type { Endpoint, Exchange } from "./exchange.ts";
import type { Route } from "./routes.ts";

const LARGEST_ANSWER = 16 * 1024 * 1024;

/** One client for each area, with every replica behind its name, and one more try of what is safe to repeat. */
export function connect(address: string, routes: Route[]): Client {
  const again = routes.filter((route) => route.repeatable && route.method.methodKind === "unary");
  const methods = [...new Set(again.map(({ method }) => method))]; // one may have several paths
  const retry = {
    name: methods.map((method) => ({ service: method.parent.typeName, method: method.name })),
    retryPolicy: {
      maxAttempts: 2,
      initialBackoff: "0.1s",
      maxBackoff: "0.1s",
      backoffMultiplier: 1,
      retryableStatusCodes: ["UNAVAILABLE"],
    },
  };
  const config = {
    loadBalancingConfig: [{ round_robin: {} }],
    methodConfig: methods.length > 0 ? [retry] : [], // without a name it would hold for all methods
  };
  return new Client(address, credentials.createInsecure(), {
    "grpc.service_config": JSON.stringify(config),
    "grpc.max_receive_message_length": LARGEST_ANSWER,
    // A service that was restarted is found again at once; left alone, grpc-js waits up to two minutes.
    "grpc.initial_reconnect_backoff_ms": 100,
    "grpc.max_reconnect_backoff_ms": 2_000,
  });
}

export const rpcPath = (route: Route) => `/${nameOf(route.method)}`;

/** Nothing else of the caller's headers goes in: services trust the token alone. */
export function metadataOf({ req: { headers }, trace }: Exchange): Metadata {
  const metadata = new Metadata();
  metadata.set("traceparent", trace.traceparent);
  forward(metadata, "authorization", headers.authorization);
  forward(metadata, "tracestate", headers.tracestate as string | undefined);
  return metadata;
}

function forward(metadata: Metadata, name: string, value: string | undefined): void {
  if (value && /^[ -~]*$/.test(value)) metadata.set(name, value); // gRPC takes nothing but printable ASCII
}

export const deadlineOf = ({ deadlineMs }: Endpoint): CallOptions => ({ deadline: Date.now() + deadlineMs });

/** Bytes in, bytes out: the gateway needs no generated code. */
export const raw = (bytes: Uint8Array) => bytes as Buffer;

/** A call of its own, which ends with the connection of whoever waits for it. */
export function callAlone(exchange: Exchange, message: Buffer): Promise<Uint8Array> {
  const { endpoint, res } = exchange;
  return new Promise((resolve, reject) => {
    const call = endpoint.upstream.makeUnaryRequest(
      rpcPath(endpoint),
      raw,
      raw,
      message,
      metadataOf(exchange),
      deadlineOf(endpoint),
      (error, reply) => (error ? reject(error) : resolve(reply!)),
    );
    res.once("close", () => call.cancel()); // nobody waits any more; after an answer this does nothing
  });
}
