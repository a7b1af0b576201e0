import type { handleServerStreamingCall, handleUnaryCall } from "@grpc/grpc-js";
import type { At } from "./at.ts";

/** What a handler without a transaction of its own knows: a stream, or a question to something else than tables. */
export interface Call {
  readonly tenantId: string;
  readonly now: Date;
  /** Aborted when the caller has gone or the deadline has passed. */
  readonly signal: AbortSignal;
}

export type Handler<Req, Res> =
  | { readonly kind: "query" | "command"; run(request: Req, at: At): Promise<Res> }
  | { readonly kind: "direct"; run(request: Req, call: Call): Promise<Res> }
  | { readonly kind: "stream"; run(request: Req, call: Call): AsyncIterable<Res> };

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

/** A handler for each RPC of the generated server interface: a missing or misspelt one does not compile. */
export type Handlers<Server> = {
  readonly [Rpc in keyof Server as string extends Rpc ? never : Rpc]: Server[Rpc] extends handleUnaryCall<
    infer Q,
    infer R
  >
    ? Handler<Q, R>
    : Server[Rpc] extends handleServerStreamingCall<infer Q, infer R>
      ? Handler<Q, R>
      : never;
};
