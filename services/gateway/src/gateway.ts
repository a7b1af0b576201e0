// The HTTP side of every RPC that has a path. There is no line for any endpoint here: all of it comes from the contract.
import { status, type Client } from "@grpc/grpc-js";
import { nameOf, type Contract } from "@guanxi/kit/contract";
import { nameActiveSpan, type Log } from "@guanxi/kit/log";
import type { Site } from "@guanxi/kit/site";
import express, { type Express, type Request, type Response } from "express";
import { cacheControlOf } from "./answer.ts";
import { cors, type Cors } from "./cors.ts";
import type { Endpoint, Presence } from "./exchange.ts";
import { download, upload } from "./files.ts";
import { canGather, gathering, type Send } from "./gather.ts";
import { isPage } from "./fields.ts";
import { identitySessions } from "./identity-sessions.ts";
import { measure } from "./metrics.ts";
import { openApi } from "./openapi.ts";
import { page } from "./page.ts";
import { presenceOf } from "./presence.ts";
import { answerProblem } from "./problems.ts";
import { Refused } from "./refused.ts";
import { createRouter, type Router } from "./router.ts";
import { createStreams, type EventStreams, STREAM_PATH } from "./stream.ts";
import type { BusAddress } from "./stream-bus.ts";
import { areaOf, routesOf, type Route } from "./routes.ts";
import {
  createSessions,
  SESSION_PATH,
  SESSION_VERBS,
  type SessionOptions,
  type Sessions,
} from "./session.ts";
import { traceOf } from "./trace.ts";
import { unary } from "./unary.ts";
import { callAlone, connect } from "./upstream.ts";

/** Where the description of the API is. */
export const DOCUMENT_PATH = "/openapi.json";

export interface GatewayOptions extends SessionOptions {
  contract: Contract;
  /** By area: guanxi.customer.v1 is served by the address of "customer". */
  addresses: Record<string, string>;
  log: Log;
  corsOrigins?: string[];
  deadlineMs?: number;
  /** How long a request waits for a service, counted from the moment when that was lost. */
  patienceMs?: number;
  /** For uploads and downloads. */
  streamDeadlineMs?: number;
  /** Where events are heard; without it nobody is told of any. */
  bus?: BusAddress | undefined;
  /** The pages of the console, where this gateway shows them. */
  pages?: Site | undefined;
}

export interface Gateway {
  app: Express;
  /** Sends those who listen to events elsewhere. */
  draining(): void;
  close(): void;
}

export function createGateway(options: GatewayOptions): Gateway {
  const { contract, corsOrigins = [] } = options;
  const routes = routesOf(contract);
  const upstreams = connectAll(routes, options);
  const identity = upstreams.get("identity");
  const sessions = identity && createSessions(identitySessions(identity), options);
  const streams = createStreams({
    ...options,
    bus: options.bus,
    identity: identity?.client,
    // A stream begins and goes on by itself, whether anybody looks at the page or not.
    authorizationOf: async (req) =>
      sessions ? sessions.authorizationOf(req, { unattended: true }) : req.headers.authorization,
  });
  const serving: Serving = {
    ...options,
    streams,
    sessions,
    router: createRouter(routes.map((route) => endpointOf(route, upstreams, options))),
    document: JSON.stringify(openApi(contract, routes)),
    allowOrigin: cors(corsOrigins),
  };
  // Express's own ETag is a hash of the body; callers of ours expect the version.
  const app = express().disable("x-powered-by").disable("etag").disable("query parser");
  app.use((req, res) => serve(serving, req, res));
  return {
    app,
    draining: () => streams.drain(),
    close() {
      streams.drain();
      void streams.close();
      upstreams.forEach(({ client }) => client.close());
    },
  };
}

interface Serving extends GatewayOptions {
  router: Router<Endpoint>;
  streams: EventStreams;
  /** Undefined where the contract has nobody to sign in. */
  sessions: Sessions | undefined;
  document: string;
  allowOrigin: Cors;
}

async function serve(serving: Serving, req: Request, res: Response): Promise<void> {
  const { contract, log, router, allowOrigin } = serving;
  const trace = traceOf(req.headers);
  res.setHeader("traceparent", trace.traceparent);
  res.setHeader("x-content-type-options", "nosniff");
  allowOrigin(req, res);
  const [path, query] = split(req.url);
  const verb = req.method === "HEAD" ? "GET" : req.method;
  const match = router.match(verb, path);
  const isStream = path === STREAM_PATH && req.method === "GET";
  if (!isStream) measure(res, match?.endpoint); // which would count hours, as if somebody had waited for an answer
  if (match) nameActiveSpan(verb, match.endpoint.template);
  try {
    if (isStream) await serving.streams.serve(req, res, query);
    else if (match) {
      const deadline = Date.now() + match.endpoint.deadlineMs;
      await signIn(serving, match.endpoint, req, deadline);
      await match.endpoint.serve({ ...match, req, res, query, trace, deadline });
    } else await answerOther(serving, { verb, path }, req, res);
  } catch (error) {
    const rpc = match && nameOf(match.endpoint.method);
    answerProblem(error, req, res, { contract, log, rpc, traceId: trace.traceId });
  }
}

/** From here on a request with a session's cookie is one like any other, with a token. */
async function signIn(
  { sessions }: Serving,
  { access }: Endpoint,
  req: Request,
  deadline: number,
): Promise<void> {
  if (!sessions || !req.headers.cookie || access.caller === "anyone") return;
  const authorization = await sessions.authorizationOf(req, { deadline });
  if (authorization !== undefined) req.headers.authorization = authorization;
}

function split(url: string): [path: string, query: string] {
  const at = url.indexOf("?");
  return at < 0 ? [url, ""] : [url.slice(0, at), url.slice(at + 1)];
}

interface Other {
  verb: string;
  path: string;
}

/** What no RPC answers: the document, sessions, pages, what a browser asks before it asks, and what there is not. */
async function answerOther(
  serving: Serving,
  { verb, path }: Other,
  req: Request,
  res: Response,
): Promise<void> {
  const { document, sessions, pages } = serving;
  if (path === DOCUMENT_PATH && verb === "GET")
    return void res.set("cache-control", "no-cache").type("application/json").send(document);
  const known = verbsOf(serving, path);
  if (path === SESSION_PATH && known.includes(verb)) return sessions!.serve(req, res);
  if (known.length === 0 && pages?.(req, res)) return;
  const failure = { message: "There is no such path.", reason: "NO_SUCH_PATH", violations: [] };
  if (known.length === 0) throw new Refused({ ...failure, code: status.NOT_FOUND });
  res.setHeader("allow", [...known, "OPTIONS"].join(", "));
  if (verb === "OPTIONS") return void res.status(204).end();
  const message = `This path knows ${known.join(", ")}.`;
  throw new Refused({ ...failure, code: status.UNIMPLEMENTED, reason: "METHOD_NOT_ALLOWED", message });
}

function verbsOf({ router, sessions }: Serving, path: string): string[] {
  if (path === STREAM_PATH) return ["GET"];
  if (path === SESSION_PATH) return sessions ? SESSION_VERBS : [];
  return router.verbsOf(path);
}

function endpointOf(route: Route, upstreams: Map<string, Upstream>, options: GatewayOptions): Endpoint {
  const { contract, deadlineMs = 10_000, streamDeadlineMs = 600_000 } = options;
  const { client, presence, gather } = upstreams.get(areaOf(route))!;
  return {
    ...route,
    contract,
    upstream: client,
    presence,
    send: canGather(route) ? gather : callAlone,
    deadlineMs: route.method.methodKind === "unary" ? deadlineMs : streamDeadlineMs,
    cacheControl: cacheControlOf(contract, route),
    serve: isPage(route.method.output) ? page : servers[route.method.methodKind]!,
  };
}

const servers: Record<string, Endpoint["serve"]> = {
  unary,
  client_streaming: upload,
  server_streaming: download,
};

interface Upstream {
  client: Client;
  presence: Presence;
  gather: Send;
}

function connectAll(
  routes: Route[],
  { addresses, patienceMs = 5_000 }: GatewayOptions,
): Map<string, Upstream> {
  const areas = new Set(routes.map(areaOf));
  return new Map(
    [...areas].map((area) => {
      const address = addresses[area];
      if (!address) throw new Error(`${area.toUpperCase()}_GRPC_URL is missing`);
      const client = connect(address);
      return [area, { client, presence: presenceOf(client, patienceMs), gather: gathering(client) }];
    }),
  );
}
