// The gRPC edge of a service: bytes -> rules -> message -> caller -> handler -> bytes; a refusal -> google.rpc.Status.
import { type EventEmitter, once } from "node:events";
import type { DescMethod } from "@bufbuild/protobuf";
import {
  Metadata,
  type sendUnaryData,
  type ServerReadableStream,
  type ServerUnaryCall,
  type ServerWritableStream,
  type ServiceDefinition,
  status,
  type StatusObject,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { Histogram, register } from "prom-client";
import { type Access, accessOf, type Contract, nameOf, sendsOf } from "./contract.ts";
import { type Answering, answering, type Arrival, type Backing } from "./answer.ts";
import type { Handler, Handlers } from "./handler.ts";
import type { Log } from "./log.ts";
import { busy, isPassing } from "./passing.ts";
import { Refusal, refuse } from "./refuse.ts";
import { encodeFailure, STATUS_KEY, tellable } from "./status.ts";
import { refuseUnstorable } from "./texts.ts";
import { checker, malformed } from "./validate.ts";

export interface Service {
  readonly definition: ServiceDefinition;
  readonly handlers: Record<string, Handler<never, unknown>>;
}

/** A generated service with a handler for each of its RPCs. */
export function implement<Server>(definition: unknown, handlers: Handlers<Server>): Service {
  return { definition: definition as ServiceDefinition, handlers: handlers };
}

export interface EdgeOptions extends Backing {
  readonly contract: Contract;
  readonly log: Log;
}

/** One request's way through the edge, however it came. */
type Unary = (arrival: Arrival) => Promise<Outcome>;
export type Outcome = { readonly reply: unknown } | { readonly failure: Partial<StatusObject> };

export interface Edge {
  readonly definition: ServiceDefinition;
  readonly implementation: UntypedServiceImplementation;
  /** By the path of the method: what answers a request whose reply is one message, and how that is written. */
  readonly unary: ReadonlyMap<string, Way>;
}

interface Way {
  readonly answer: Unary;
  serialize(reply: unknown): Buffer;
}

/** What grpc-js registers. Refuses to come to life on a method that does not say what a caller needs. */
export function edge({ definition, handlers }: Service, options: EdgeOptions): Edge {
  const check = checker(options.contract);
  const raw: Record<string, ServiceDefinition[string]> = {};
  const implementation: UntypedServiceImplementation = {};
  const unary = new Map<string, Way>();
  for (const [name, grpc] of Object.entries(definition)) {
    const method = methodAt(options.contract, grpc.path);
    const handler = handlers[name]!;
    const access = checkedAccess(options.contract, method, handler);
    const sends = sendsOf(options.contract, method);
    const keepsRules = check(method.input);
    const decode = (bytes: Buffer) => {
      const message = messageIn(bytes, grpc) as { requestId?: string };
      keepsRules(bytes);
      refuseUnstorable(bytes, message);
      if (sends && !message.requestId) throw requestIdRequired();
      return message;
    };
    // Bytes until the handler's wrapper: what throws in requestDeserialize would become INTERNAL.
    raw[name] = { ...grpc, requestDeserialize: (bytes: Buffer) => bytes };
    const answer = answering({ ...options, check, method, grpc, access, handler });
    if (handler.kind === "stream" || handler.kind === "download") {
      implementation[name] = streaming(method, answer, decode, options);
      continue;
    }
    if (handler.kind === "upload") {
      const decoding = { first: decode, later: (bytes: Buffer) => messageIn(bytes, grpc) };
      implementation[name] = receiving(method, answer, decoding, options) as never;
      continue;
    }
    const one = answeringOne(method, answer, decode, options);
    unary.set(grpc.path, { answer: one, serialize: grpc.responseSerialize });
    implementation[name] = calling(one) as never;
  }
  return { definition: raw, implementation, unary };
}

function messageIn(bytes: Buffer, { requestDeserialize }: ServiceDefinition[string]): unknown {
  try {
    return requestDeserialize(bytes);
  } catch {
    throw malformed();
  }
}

function methodAt(contract: Contract, path: string): DescMethod {
  const [, service = "", name] = path.split("/");
  const method = contract.getService(service)?.methods.find((each) => each.name === name);
  if (!method) throw new Error(`${path} is not in the contract`);
  return method;
}

/** Whether a person may ask is found out inside the transaction, so only what has one may be open to people. */
function checkedAccess(contract: Contract, method: DescMethod, { kind }: Handler<never, unknown>): Access {
  const access = accessOf(contract, method);
  const transactional = kind !== "direct" && kind !== "stream";
  const forPeople = access.caller === "person" || access.caller === "signed-in";
  if (transactional !== forPeople)
    throw new Error(`${nameOf(method)} is for ${access.caller}, which does not go with a ${kind} handler`);
  return access;
}

type Decode = (bytes: Buffer) => unknown;

const duration = new Histogram({
  name: "grpc_server_handling_seconds",
  help: "Time from a call's arrival to its status",
  labelNames: ["method", "code"],
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers: [register],
});

function answeringOne(method: DescMethod, answer: Answering, decode: Decode, options: EdgeOptions): Unary {
  const rpc = nameOf(method);
  return async (arrival) => {
    const stop = duration.startTimer({ method: rpc });
    try {
      const reply = await answer.one(decode(arrival.bytes), arrival);
      stop({ code: "OK" });
      return { reply };
    } catch (error) {
      const failure = statusOf(options, method, error);
      stop({ code: status[failure.code!] ?? "UNKNOWN" });
      return { failure };
    }
  };
}

const calling =
  (one: Unary) =>
  async (call: ServerUnaryCall<Buffer, unknown>, done: sendUnaryData<unknown>): Promise<void> => {
    const outcome = await one(arrivalOf(call));
    if ("failure" in outcome) done(outcome.failure);
    else done(null, outcome.reply);
  };

type AnyCall =
  | ServerUnaryCall<Buffer, unknown>
  | ServerWritableStream<Buffer, unknown>
  | ServerReadableStream<Buffer, unknown>;

function arrivalOf(call: AnyCall): Arrival {
  const header = (name: string) => String(call.metadata.get(name)[0] ?? "");
  return {
    authorization: header("authorization"),
    traceparent: header("traceparent"),
    signal: abortedWith(call),
    bytes: "request" in call ? call.request : Buffer.alloc(0),
  };
}

const streaming =
  (method: DescMethod, answer: Answering, decode: Decode, options: EdgeOptions) =>
  (call: ServerWritableStream<Buffer, unknown>): void => {
    const stop = duration.startTimer({ method: nameOf(method) });
    const arrival = arrivalOf(call);
    const { signal } = arrival;
    const pour = async () => {
      for await (const message of answer.many(decode(call.request), arrival)) {
        if (!call.write(message)) await once(call, "drain", { signal });
      }
      call.end();
      stop({ code: "OK" });
    };
    pour().catch((error: unknown) => {
      if (signal.aborted) return stop({ code: "CANCELLED" });
      const failure = statusOf(options, method, error);
      stop({ code: status[failure.code!] ?? "UNKNOWN" });
      call.emit("error", failure);
    });
  };

/** The first message says what it is about and keeps the rules; the others only carry on. */
interface Decoding {
  readonly first: Decode;
  readonly later: Decode;
}

const receiving =
  (method: DescMethod, answer: Answering, decode: Decoding, options: EdgeOptions) =>
  async (call: ServerReadableStream<Buffer, unknown>, done: sendUnaryData<unknown>): Promise<void> => {
    const stop = duration.startTimer({ method: nameOf(method) });
    try {
      const arrival = arrivalOf(call);
      const reply = await answer.taking(messagesOf(call, arrival.signal, decode), arrival);
      stop({ code: "OK" });
      done(null, reply);
    } catch (error) {
      const failure = statusOf(options, method, error);
      stop({ code: status[failure.code!] ?? "UNKNOWN" });
      done(failure);
    }
  };

/** What has not been asked for stays with the sender. Left early, it lets the rest go by: the call still has its answer. */
async function* messagesOf(
  call: ServerReadableStream<Buffer, unknown>,
  signal: AbortSignal,
  decode: Decoding,
): AsyncGenerator {
  const leave = () => call.destroy(GONE);
  signal.addEventListener("abort", leave);
  let read = decode.first;
  try {
    for await (const bytes of call.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      yield read(bytes);
      read = decode.later;
    }
  } catch (error) {
    throw signal.aborted ? gone() : error;
  } finally {
    signal.removeEventListener("abort", leave);
    call.on("error", () => undefined).resume();
  }
  if (signal.aborted) throw gone();
}

const gone = () => refuse("deadline", "TOO_LATE", "The caller has gone before the end of the file.");

/** Without a reason of ours each call would make an error with its stack. */
const GONE = new Error("the caller has gone, or its deadline has passed");

/** For a caller that names no deadline of its own. */
const LONGEST_MS = 60_000;

/** The caller has gone, or its deadline has passed. */
function abortedWith(call: AnyCall): AbortSignal {
  const gone = new AbortController();
  (call as EventEmitter).once("cancelled", () => gone.abort(GONE));
  const streams = "write" in call || !("request" in call); // a file may take its time
  const endless = call.getDeadline() === Number.POSITIVE_INFINITY && !streams;
  if (endless) setTimeout(() => gone.abort(GONE), LONGEST_MS).unref();
  return gone.signal;
}

function statusOf({ contract, log }: EdgeOptions, method: DescMethod, error: unknown): Partial<StatusObject> {
  const rpc = nameOf(method);
  const refusal = error instanceof Refusal ? error : isPassing(error) ? busy() : undefined;
  if (refusal !== error) log.error({ err: error, rpc }, "failed");
  if (!refusal) return { code: status.INTERNAL, details: "" };
  const { code, message, reason, violations } = refusal;
  if (code === status.PERMISSION_DENIED || code === status.UNAUTHENTICATED)
    log.warn({ rpc, reason }, "refused");
  const metadata = new Metadata();
  metadata.set(STATUS_KEY, encodeFailure(contract, { code, message, reason, violations: [...violations] }));
  return { code, details: tellable(message), metadata };
}

const requestIdRequired = () =>
  refuse("invalid", "REQUEST_ID_REQUIRED", "This sends something out: name the request.", [
    { field: "request_id", description: "is required, over HTTP as Idempotency-Key" },
  ]);
