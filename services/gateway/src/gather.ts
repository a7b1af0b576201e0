// Calls of one turn of the event loop go over in one message: a gRPC call of its own costs more than its answer.
import type { Client, ServiceError } from "@grpc/grpc-js";
import { status } from "@grpc/grpc-js";
import { batchCall, type BatchAnswer } from "@guanxi/kit/batch";
import { has, nameOf } from "@guanxi/kit/contract";
import type { Exchange } from "./exchange.ts";
import type { Route } from "./routes.ts";
import { callAlone, deadlineOf } from "./upstream.ts";

export type Send = (exchange: Exchange, message: Buffer) => Promise<Uint8Array>;

interface Waiting {
  exchange: Exchange;
  message: Buffer;
  resolve(reply: Uint8Array): void;
  reject(error: unknown): void;
}

/** More would leave the gateway idle while the service works: a second batch is under way while the first is answered. */
const MOST = 16;
const MOST_BYTES = 1_000_000;

/** One resource each, whose answers are small and soon there; and safe to send again, should the batch fail as a whole. */
export const canGather = ({ method, repeatable }: Route) =>
  method.methodKind === "unary" && repeatable && has(method.output, "etag");

/** Calls of one method travel together; the only one of its turn travels as it always did. */
export function gathering(upstream: Client): Send {
  const groups = new Map<string, Waiting[]>();

  function sendAll() {
    const all = [...groups.values()];
    groups.clear();
    for (const group of all) for (const part of parts(group)) void together(upstream, part);
  }

  return (exchange, message) =>
    new Promise((resolve, reject) => {
      if (groups.size === 0) setImmediate(sendAll);
      const name = nameOf(exchange.endpoint.method);
      const one = { exchange, message, resolve, reject };
      const group = groups.get(name);
      if (group) group.push(one);
      else groups.set(name, [one]);
    });
}

function parts(group: Waiting[]): Waiting[][] {
  const cut: Waiting[][] = [];
  let bytes = 0;
  for (const one of group) {
    bytes += one.message.length;
    const last = cut.at(-1);
    if (last && last.length < MOST && bytes <= MOST_BYTES) last.push(one);
    else {
      cut.push([one]);
      bytes = one.message.length;
    }
  }
  return cut;
}

async function together(upstream: Client, group: Waiting[]): Promise<void> {
  const [first] = group;
  if (group.length === 1 || first!.exchange.endpoint.presence.away()) return group.forEach(alone);
  try {
    const answers = await callAll(upstream, group);
    for (const [index, one] of group.entries()) {
      const answer = answers[index]!;
      if (answer.code === status.OK) one.resolve(answer.response);
      else if (answer.code === status.UNAVAILABLE)
        alone(one); // a service that is just going says so of each
      else one.reject(refusalOf(answer));
    }
  } catch (error) {
    // Too large an answer, a service that knows no batches yet, a lost connection: each has its own chance.
    if ((error as ServiceError).code !== status.DEADLINE_EXCEEDED) group.forEach(alone);
    else for (const { reject } of group) reject(error);
  }
}

const alone = ({ exchange, message, resolve, reject }: Waiting) =>
  void callAlone(exchange, message).then(resolve, reject);

function callAll(upstream: Client, group: Waiting[]): Promise<BatchAnswer[]> {
  const items = group.map(({ exchange: { endpoint, req, trace }, message }) => ({
    method: nameOf(endpoint.method),
    request: message,
    authorization: req.headers.authorization ?? "",
    traceparent: trace.traceparent,
  }));
  const { path, requestSerialize, responseDeserialize } = batchCall;
  const options = deadlineOf(group[0]!.exchange);
  return new Promise((resolve, reject) => {
    upstream.makeUnaryRequest(
      path,
      requestSerialize,
      responseDeserialize,
      { items },
      options,
      (error, reply) => (error ? reject(error) : resolve(reply!.answers)),
    );
  });
}

/** As grpc-js would have told of it. */
const refusalOf = ({ code, failure }: BatchAnswer) => ({
  code,
  metadata: { get: () => (failure.length > 0 ? [failure] : []) },
});
