import type { handleClientStreamingCall, handleServerStreamingCall, handleUnaryCall } from "@grpc/grpc-js";
import type { At, Principal } from "./at.ts";

/** What a handler without a transaction of its own knows: a stream, or a question to something else than tables. */
export interface Call {
  readonly tenantId: string;
  readonly now: Date;
  /** Aborted when the caller has gone or the deadline has passed. */
  readonly signal: AbortSignal;
}

/** What a handler knows that takes in or gives out a file, or asks others first: it opens transactions of its own. */
export interface FileCall extends Call {
  readonly principal: Principal;
  /** One transaction; the caller's right is asked for in each. */
  query<T>(work: (at: At) => Promise<T>): Promise<T>;
  command<T>(work: (at: At) => Promise<T>): Promise<T>;
}

export type Handler<Req, Res> =
  | {
      readonly kind: "query" | "command";
      before?(request: Req, call: FileCall): Promise<unknown>;
      run(request: Req, at: At, said?: unknown): Promise<Res>;
    }
  | { readonly kind: "direct"; run(request: Req, call: Call): Promise<Res> }
  | { readonly kind: "stream"; run(request: Req, call: Call): AsyncIterable<Res> }
  | { readonly kind: "download"; run(request: Req, call: FileCall): AsyncIterable<Res> }
  | { readonly kind: "upload"; run(messages: AsyncIterable<Req>, call: FileCall): Promise<Res> };

/** Reads only; may be asked of a replica. */
export const query = <Req, Res>(run: (request: Req, at: At) => Promise<Res>): Handler<Req, Res> => ({
  kind: "query",
  run,
});

/** Changes something, all of it or nothing. */
export const command = <Req, Res>(run: (request: Req, at: At) => Promise<Res>): Handler<Req, Res> => ({
  kind: "command",
  run,
});

/**
 * Asks somebody else first: a connection that waits for another service is nobody's for so long, and the database ends it.
 * What they said is given to the handler; a request that is repeated asks again.
 */
export const asking = <Req, Said, Res>(
  kind: "query" | "command",
  before: (request: Req, call: FileCall) => Promise<Said>,
  run: (request: Req, at: At, said: Said) => Promise<Res>,
): Handler<Req, Res> => ({ kind, before, run: (request, at, said) => run(request, at, said as Said) });

/** Answers without the tables of a tenant. */
export const direct = <Req, Res>(run: (request: Req, call: Call) => Promise<Res>): Handler<Req, Res> => ({
  kind: "direct",
  run,
});

export const stream = <Req, Res>(
  run: (request: Req, call: Call) => AsyncIterable<Res>,
): Handler<Req, Res> => ({
  kind: "stream",
  run,
});

/** Gives a person more than one message holds. */
export const download = <Req, Res>(
  run: (request: Req, call: FileCall) => AsyncIterable<Res>,
): Handler<Req, Res> => ({ kind: "download", run });

/** Takes more from a person than one message holds. Whoever asks for the next message too slowly slows the sender down. */
export const upload = <Req, Res>(
  run: (messages: AsyncIterable<Req>, call: FileCall) => Promise<Res>,
): Handler<Req, Res> => ({ kind: "upload", run });

/** A handler for each RPC of the generated server interface: a missing or misspelt one does not compile. */
export type Handlers<Server> = {
  readonly [Rpc in keyof Server as string extends Rpc ? never : Rpc]: Server[Rpc] extends handleUnaryCall<
    infer Q,
    infer R
  >
    ? Handler<Q, R>
    : Server[Rpc] extends handleServerStreamingCall<infer Q, infer R>
      ? Handler<Q, R>
      : Server[Rpc] extends handleClientStreamingCall<infer Q, infer R>
        ? Handler<Q, R>
        : never;
};
