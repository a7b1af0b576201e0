// A gRPC server that speaks the contract's messages as JSON: real calls over a real socket, without generated code.
import { fromBinary, fromJson, toBinary, toJson, type DescMethod, type JsonObject } from "@bufbuild/protobuf";
import {
  Metadata,
  Server,
  ServerCredentials,
  status,
  type sendUnaryData,
  type ServerReadableStream,
  type ServerUnaryCall,
  type ServerWritableStream,
} from "@grpc/grpc-js";
import { once } from "node:events";
import { type BatchAnswer, batchCall, type BatchItem } from "@guanxi/kit/batch";
import { encodeFailure, STATUS_KEY, type Violation } from "@guanxi/kit/status";
import { nameOf, type Contract } from "@guanxi/kit/contract";

export interface Call {
  method: string;
  request: JsonObject;
  metadata: Metadata;
}

type Unary = (request: JsonObject, call: Call) => Promise<JsonObject> | JsonObject;
type Upload = (requests: AsyncIterable<JsonObject>) => Promise<JsonObject>;
type Download = (request: JsonObject) => AsyncIterable<JsonObject>;
export type Handler = Unary | Upload | Download;

export class Refusal extends Error {
  readonly code: number;
  readonly reason: string;
  readonly violations: Violation[];
  constructor(code: number, reason: string, message = "", violations: Violation[] = []) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.violations = violations;
  }
}

export interface Batches {
  /** How many items each had. */
  sizes: number[];
  /** False for a service of a version that has no batches yet. */
  known: boolean;
}

export interface JsonService {
  port: number;
  seen: Call[];
  batches: Batches;
  /** At once, whatever is under way. */
  stop(): void;
  /** Answers what is under way first. */
  leave(): Promise<void>;
}

const raw = (bytes: Buffer) => bytes;

export async function serveJson(
  contract: Contract,
  handlers: Record<string, Handler>,
  address = "127.0.0.1:0",
): Promise<JsonService> {
  const server = new Server();
  const seen: Call[] = [];
  const context: Context = { contract, seen };
  const batches: Batches = { sizes: [], known: true };
  const unaries = new Map<string, UnaryCall>();
  for (const [name, handler] of Object.entries(handlers)) {
    const method = methodOf(contract, name);
    const requestStream = method.methodKind === "client_streaming";
    const responseStream = method.methodKind === "server_streaming";
    const codecs = {
      requestSerialize: raw,
      requestDeserialize: raw,
      responseSerialize: raw,
      responseDeserialize: raw,
    };
    const definition = { path: `/${nameOf(method)}`, requestStream, responseStream, ...codecs };
    const implementation = shapes[method.methodKind]!(context, method, handler);
    server.addService({ [name]: definition }, { [name]: implementation as never });
    if (method.methodKind === "unary") unaries.set(nameOf(method), implementation as UnaryCall);
  }
  server.addService({ call: batchCall }, { call: batching(unaries, batches) as never });
  const port = await new Promise<number>((resolve, reject) => {
    const bound = (error: Error | null, at: number) => (error ? reject(error) : resolve(at));
    server.bindAsync(address, ServerCredentials.createInsecure(), bound);
  });
  return {
    port,
    seen,
    batches,
    stop: () => server.forceShutdown(),
    leave: () => new Promise((resolve) => server.tryShutdown(() => resolve())),
  };
}

interface Context {
  contract: Contract;
  seen: Call[];
}

function methodOf(contract: Contract, name: string): DescMethod {
  for (const type of contract)
    if (type.kind === "service") {
      const method = type.methods.find((each) => each.localName === name);
      if (method) return method;
    }
  throw new Error(`the contract has no ${name}`);
}

const shapes: Record<string, (context: Context, method: DescMethod, handler: Handler) => unknown> = {
  unary:
    (context, method, handler) => (call: ServerUnaryCall<Buffer, Buffer>, done: sendUnaryData<Buffer>) => {
      const request = decode(context, method, call.request);
      const at: Call = { method: method.localName, request, metadata: call.metadata };
      context.seen.push(at);
      answer(context, done, async () => encode(context, method, await (handler as Unary)(request, at)));
    },
  client_streaming:
    (context, method, handler) =>
    (call: ServerReadableStream<Buffer, Buffer>, done: sendUnaryData<Buffer>) => {
      const requests = (async function* () {
        for await (const bytes of call as AsyncIterable<Buffer>) yield decode(context, method, bytes);
      })();
      answer(context, done, async () => encode(context, method, await (handler as Upload)(requests)));
    },
  server_streaming: (context, method, handler) => async (call: ServerWritableStream<Buffer, Buffer>) => {
    const gone = new AbortController();
    call.once("cancelled", () => gone.abort());
    try {
      for await (const message of (handler as Download)(decode(context, method, call.request)))
        if (!call.write(encode(context, method, message))) await once(call, "drain", { signal: gone.signal });
      call.end();
    } catch (error) {
      if (!gone.signal.aborted) call.emit("error", refusalOf(context, error));
    }
  },
};

type UnaryCall = (
  call: Pick<ServerUnaryCall<Buffer, Buffer>, "request" | "metadata">,
  done: sendUnaryData<Buffer>,
) => void;

const NOTHING: BatchAnswer = { code: status.OK, response: Buffer.alloc(0), failure: Buffer.alloc(0) };

const batching =
  (unaries: Map<string, UnaryCall>, batches: Batches) =>
  async (call: { request: { items: BatchItem[] } }, done: sendUnaryData<{ answers: BatchAnswer[] }>) => {
    if (!batches.known) return done({ code: status.UNIMPLEMENTED });
    const { items } = call.request;
    batches.sizes.push(items.length);
    done(null, {
      answers: await Promise.all(items.map((item) => answerItem(unaries.get(item.method)!, item))),
    });
  };

function answerItem(
  unary: UnaryCall,
  { request, authorization, traceparent }: BatchItem,
): Promise<BatchAnswer> {
  const metadata = new Metadata();
  metadata.set("authorization", authorization);
  metadata.set("traceparent", traceparent);
  return new Promise((resolve) => {
    unary({ request, metadata }, (error, response) => {
      const failure = error?.metadata?.get(STATUS_KEY)?.[0];
      if (!error) resolve({ ...NOTHING, response: response! });
      else resolve({ ...NOTHING, code: error.code!, ...(failure instanceof Buffer && { failure }) });
    });
  });
}

function answer(context: Context, done: sendUnaryData<Buffer>, work: () => Promise<Buffer>): void {
  work().then(
    (reply) => done(null, reply),
    (error: unknown) => done(refusalOf(context, error)),
  );
}

const decode = ({ contract }: Context, { input }: DescMethod, bytes: Buffer) =>
  toJson(input, fromBinary(input, bytes), { registry: contract, alwaysEmitImplicit: true }) as JsonObject;

const encode = ({ contract }: Context, { output }: DescMethod, json: JsonObject) =>
  Buffer.from(toBinary(output, fromJson(output, json, { registry: contract })));

function refusalOf({ contract }: Context, error: unknown) {
  if (!(error instanceof Refusal)) return { code: status.INTERNAL, details: String(error) };
  const { code, reason, message, violations } = error;
  const metadata = new Metadata();
  metadata.set(STATUS_KEY, encodeFailure(contract, { code, message, reason, violations }));
  return { code, details: message, metadata };
}
