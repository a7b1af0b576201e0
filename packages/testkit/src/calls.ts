import { type CallOptions, Client, credentials, Metadata, type ServiceError, status } from "@grpc/grpc-js";
import { loadContract } from "@guanxi/kit/contract";
import { decodeFailure, STATUS_KEY, type Violation } from "@guanxi/kit/status";

/** An RPC of a generated service definition. */
export interface Rpc<Req, Res> {
  readonly path: string;
  readonly requestSerialize: (request: Req) => Buffer;
  readonly responseDeserialize: (bytes: Buffer) => Res;
}

/** What a caller is told. */
export class CallRefused extends Error {
  readonly code: string;
  readonly reason: string;
  readonly violations: readonly Violation[];
  constructor({ code, details, metadata }: ServiceError) {
    const [bytes] = metadata.get(STATUS_KEY);
    const failure = bytes instanceof Buffer ? decodeFailure(loadContract(), bytes) : undefined;
    super(failure?.message ?? details);
    this.code = status[code];
    this.reason = failure?.reason ?? "";
    this.violations = failure?.violations ?? [];
  }
}

const DEADLINE_MS = 20_000;

export function callsTo(address: string) {
  const client = new Client(address, credentials.createInsecure());
  return {
    call<Req, Res>(
      rpc: Rpc<Req, Res>,
      request: Req,
      token?: string,
      options: CallOptions = {},
    ): Promise<Res> {
      const { promise, resolve, reject } = Promise.withResolvers<Res>();
      const metadata = new Metadata();
      if (token) metadata.set("authorization", `Bearer ${token}`);
      const deadline = options.deadline ?? Date.now() + DEADLINE_MS;
      const { path, requestSerialize, responseDeserialize } = rpc;
      client.makeUnaryRequest(
        path,
        requestSerialize,
        responseDeserialize,
        request,
        metadata,
        { deadline },
        (error, answer) => {
          if (error) reject(new CallRefused(error));
          else resolve(answer!);
        },
      );
      return promise;
    },
    /** All that a stream gives. */
    async stream<Req, Res>(rpc: Rpc<Req, Res>, request: Req, token: string): Promise<Res[]> {
      const metadata = new Metadata();
      metadata.set("authorization", `Bearer ${token}`);
      const { path, requestSerialize, responseDeserialize } = rpc;
      const deadline = Date.now() + DEADLINE_MS;
      const call = client.makeServerStreamRequest(
        path,
        requestSerialize,
        responseDeserialize,
        request,
        metadata,
        { deadline },
      );
      const messages: Res[] = [];
      try {
        for await (const message of call) messages.push(message as Res);
      } catch (error) {
        throw new CallRefused(error as ServiceError);
      }
      return messages;
    },
    close: () => client.close(),
  };
}
