// The port for operators: health, metrics, version, and what a service adds (identity: its keys). Never reachable from outside.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { register } from "prom-client";
import { metricsOf } from "./metrics.ts";
import { type Look, within } from "./readings.ts";
import type { Version } from "./version.ts";

export type Check = () => Promise<void>;
export type PageHandler = (req: IncomingMessage, res: ServerResponse) => void | Promise<void>;

export interface ManagementOptions {
  host: string;
  /** 0 takes a free one. */
  port: number;
  checks: Record<string, Check>;
  version: Version;
  /** Looked up when it is asked for, since some of it may come later. */
  extra?: Readonly<Record<string, PageHandler>>;
  /** What /metrics shows besides what is counted in passing. */
  looks?: readonly Look[];
}

export interface Management {
  port: number;
  /** From now on not ready: the first step of a graceful stop. */
  draining(): void;
  close(): Promise<void>;
}

const CHECK_LIMIT_MS = 1_000;

export async function startManagement({
  host,
  port,
  checks,
  version,
  extra = {},
  looks = [],
}: ManagementOptions): Promise<Management> {
  const metrics = metricsOf({ version, looks, check: () => runAll(checks) });
  const state = { draining: false, started: false };
  const pages: Record<string, PageHandler> = {
    ...healthPages(checks, state),
    "/metrics": async (_req, res) =>
      void res.writeHead(200, { "content-type": register.contentType }).end(await metrics()),
    "/version": (_req, res) => json(res, 200, version),
  };
  const server = createServer((req, res) => void answer({ ...pages, ...extra }, req, res));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    draining: () => void (state.draining = true),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function healthPages(checks: Record<string, Check>, state: { draining: boolean; started: boolean }) {
  const ready = async () => {
    const results = await runAll(checks);
    if (state.draining) results.draining = "the process is stopping";
    const ok = Object.values(results).every((result) => result === "ok");
    state.started ||= ok;
    return { ok, results };
  };
  return {
    "/health/live": (_req, res) => json(res, 200, { status: "ok" }),
    "/health/started": async (_req, res) => {
      const started = state.started || (await ready()).ok;
      json(res, started ? 200 : 503, { status: started ? "ok" : "starting" });
    },
    "/health/ready": async (_req, res) => {
      const { ok, results } = await ready();
      json(res, ok ? 200 : 503, { status: ok ? "ok" : "not ready", checks: results });
    },
  } satisfies Record<string, PageHandler>;
}

async function runAll(checks: Record<string, Check>): Promise<Record<string, string>> {
  const results = Object.entries(checks).map(async ([name, check]) => [name, await run(check)]);
  return Object.fromEntries(await Promise.all(results)) as Record<string, string>;
}

async function run(check: Check): Promise<string> {
  try {
    await within(CHECK_LIMIT_MS, check());
    return "ok";
  } catch (error) {
    return (error as Error).message || "failed";
  }
}

async function answer(pages: Record<string, PageHandler>, req: IncomingMessage, res: ServerResponse) {
  const page = Object.hasOwn(pages, pathOf(req)) ? pages[pathOf(req)] : undefined;
  if (!page) return json(res, 404, { status: "no such page" });
  try {
    await page(req, res);
  } catch (error) {
    if (!res.headersSent) json(res, 500, { status: (error as Error).message });
    else res.destroy();
  }
}

const pathOf = ({ url = "/" }: IncomingMessage) => url.split("?", 1)[0]!;

function json(res: ServerResponse, status: number, body: object): void {
  res
    .writeHead(status, { "content-type": "application/json", "cache-control": "no-store" })
    .end(JSON.stringify(body));
}
