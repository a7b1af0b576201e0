import type { Client } from "@grpc/grpc-js";
import type { Contract } from "@guanxi/kit/contract";
import type { Request, Response } from "express";
import type { Route } from "./routes.ts";
import type { Trace } from "./trace.ts";

/** Whether a service is there, as its connection tells. */
export interface Presence {
  away(): boolean;
  /** False when it has been away for too long, or the deadline comes first. */
  back(deadline: number): Promise<boolean>;
}

/** A route and all that serving it takes; made once, at start. */
export interface Endpoint extends Route {
  contract: Contract;
  upstream: Client;
  presence: Presence;
  deadlineMs: number;
  cacheControl: string;
  serve(exchange: Exchange): Promise<void>;
  /** Brings a request message to the service, and its answer back. */
  send(exchange: Exchange, message: Buffer): Promise<Uint8Array>;
}

/** One request on its way. */
export interface Exchange {
  endpoint: Endpoint;
  req: Request;
  res: Response;
  /** The values of the path, still encoded. */
  values: string[];
  query: string;
  trace: Trace;
  /** When the caller is answered at the latest, in milliseconds since 1970. */
  deadline: number;
}
