import type { DescMethod } from "@bufbuild/protobuf";
import type { ServiceDefinition } from "@grpc/grpc-js";
import { v7 } from "uuid";
import type { At } from "./at.ts";
import { type Access, type Contract, has, messageOf, nameOf } from "./contract.ts";
import type { Answer, Job } from "./group.ts";
import type { Call, FileCall, Handler } from "./handler.ts";
import { activeTraceparent } from "./log.ts";
import { personalMask } from "./personal.ts";
import { refuse } from "./refuse.ts";
import { hashOf } from "./requests.ts";
import type { TenantSettings } from "./tenants.ts";
import type { Bearer } from "./token.ts";
import type { checker } from "./validate.ts";

/** What stands behind the edge: who asks, what holds for their company, the way into the database. */
export interface Backing {
  bearerOf(authorization: string): Promise<Bearer>;
  settingsOf(tenantId: string): Promise<TenantSettings>;
  run(job: Job): Promise<Answer>;
}

export interface Arrival {
  readonly authorization: string;
  readonly traceparent: string;
  readonly signal: AbortSignal;
  /** Of the request; of an upload none, for what it is comes piece by piece. */
  readonly bytes: Buffer;
}

export interface Answering {
  one(request: unknown, arrival: Arrival): Promise<unknown>;
  many(request: unknown, arrival: Arrival): AsyncIterable<unknown>;
  taking(messages: AsyncIterable<unknown>, arrival: Arrival): Promise<unknown>;
}

export interface AnsweringOptions extends Backing {
  readonly contract: Contract;
  readonly check: ReturnType<typeof checker>;
  readonly method: DescMethod;
  readonly grpc: ServiceDefinition[string];
  readonly access: Access;
  readonly handler: Handler<never, unknown>;
}

/** From a request that keeps the rules to the answer that its caller may see. */
export function answering(options: AnsweringOptions): Answering {
  const { contract, method, handler, access } = options;
  // What is about the caller hides nothing from the caller.
  const mask = access.caller === "signed-in" ? undefined : personalMask(contract, method.output);
  const repeatable = has(method.input, "request_id");

  async function callOf(arrival: Arrival): Promise<Call> {
    if (access.caller === "anyone") return { tenantId: "", now: new Date(), signal: arrival.signal };
    const { tenantId, principal } = await options.bearerOf(arrival.authorization);
    if (principal.kind !== "service") throw servicesOnly();
    return { tenantId, now: new Date(), signal: arrival.signal };
  }

  async function inTransaction(request: unknown, arrival: Arrival): Promise<unknown> {
    const asks = handler.kind === "query" || handler.kind === "command" ? handler.before : undefined;
    const said = asks && (await asks(request as never, await fileCallOf(options, arrival)));
    const job = await jobOf(options, repeatable, { request, said }, arrival);
    const { answer, may } = await options.run(job);
    return mask && !may(access.resource, "read_personal") ? mask(answer) : answer;
  }

  return {
    async one(request, arrival) {
      if (arrival.signal.aborted) throw tooLate();
      if (handler.kind === "direct") return handler.run(request as never, await callOf(arrival));
      return inTransaction(request, arrival);
    },
    async *many(request, arrival) {
      if (handler.kind === "stream") yield* handler.run(request as never, await callOf(arrival));
      if (handler.kind === "download")
        yield* handler.run(request as never, await fileCallOf(options, arrival));
    },
    async taking(messages, arrival) {
      if (handler.kind !== "upload") throw new Error(`${nameOf(method)} takes one message`);
      return handler.run(messages as never, await fileCallOf(options, arrival));
    },
  };
}

/** For what is too much for one transaction: its handler opens as many as it needs, with the caller's right in each. */
async function fileCallOf(options: AnsweringOptions, arrival: Arrival): Promise<FileCall> {
  const bearer = await personOf(options, arrival);
  const settings = await options.settingsOf(bearer.tenantId);
  const inTransaction =
    (kind: Job["kind"]) =>
    async <T>(work: (at: At) => Promise<T>): Promise<T> => {
      const { answer } = await options.run({
        kind,
        method: nameOf(options.method),
        right: options.access,
        context: contextOf(options, bearer, settings, arrival, ""),
        handle: work,
        encode: () => Buffer.alloc(0), // nothing of it is kept for a second time
        decode: (bytes) => bytes,
      });
      return answer as T;
    };
  return {
    tenantId: bearer.tenantId,
    principal: bearer.principal,
    now: new Date(),
    signal: arrival.signal,
    query: inTransaction("query"),
    command: inTransaction("command"),
  };
}

async function personOf(options: Backing, { authorization }: Arrival): Promise<Bearer> {
  const bearer = await options.bearerOf(authorization);
  if (bearer.principal.kind !== "user") throw peopleOnly();
  return bearer;
}

async function jobOf(
  options: AnsweringOptions,
  repeatable: boolean,
  { request, said }: { readonly request: unknown; readonly said: unknown },
  arrival: Arrival,
): Promise<Job> {
  const { method, grpc, access, handler } = options;
  if (handler.kind !== "query" && handler.kind !== "command")
    throw new Error(`${nameOf(method)} has no transaction`);
  const bearer = await personOf(options, arrival);
  const settings = await options.settingsOf(bearer.tenantId);
  const { requestId = "" } = request as { requestId?: string };
  const rpc = nameOf(method);
  const key = { tenantId: bearer.tenantId, principalId: bearer.principal.id, method: rpc, requestId };
  return {
    kind: handler.kind,
    method: rpc,
    right: access,
    context: contextOf(options, bearer, settings, arrival, requestId),
    ...(repeatable && requestId && { key: { ...key, hash: hashOf(arrival.bytes) } }),
    async handle(at) {
      const answer = await handler.run(request as never, at, said);
      if (arrival.signal.aborted) throw tooLate(); // nobody waits any more, so nothing is done either
      return answer;
    },
    encode: (answer) => grpc.responseSerialize(answer),
    decode: (bytes) => grpc.responseDeserialize(bytes),
  };
}

function contextOf(
  { contract, check }: AnsweringOptions,
  { tenantId, principal }: Bearer,
  { timeZone, currencyCode, dayOf }: TenantSettings,
  arrival: Arrival,
  requestId: string,
): Job["context"] {
  const now = new Date();
  const traceparent = activeTraceparent() ?? arrival.traceparent;
  const correlationId = TRACE_ID.exec(traceparent)?.[1] ?? v7();
  return {
    tenantId,
    principal,
    now,
    today: dayOf(now),
    timeZone,
    currencyCode,
    cause: { correlationId, causationId: requestId, hops: 0, ...(traceparent && { traceparent }) },
    check: checkOf(contract, check),
  };
}

export const checkOf =
  (contract: Contract, check: ReturnType<typeof checker>): At["check"] =>
  (codec, message, path) => {
    check(messageOf(contract, codec.$type))(Buffer.from(codec.encode(message).finish()), path);
    return message;
  };

const TRACE_ID = /^00-([0-9a-f]{32})-/;

const tooLate = () => refuse("deadline", "TOO_LATE", "The caller has stopped waiting.");
const servicesOnly = () =>
  refuse("forbidden", "SERVICES_ONLY", "Only services of this installation may ask this.");
const peopleOnly = () => refuse("forbidden", "PEOPLE_ONLY", "This is for people, not for services.");
