import { createLog } from "@guanxi/kit/log";
import type { Contract } from "@guanxi/kit/contract";
import { createGateway, type GatewayOptions } from "../src/gateway.ts";
import { listen, type Listening } from "@guanxi/kit/listen";
import { createBook, type Book } from "./book.ts";
import { createFixture } from "./fixture.ts";
import { type Batches, serveJson, type Call } from "./json-service.ts";

export interface Rig {
  contract: Contract;
  url: string;
  upstream: string;
  http: Listening;
  logged: string[];
  seen: Call[];
  batches: Batches;
  trouble: Book["trouble"];
  produced: Book["produced"];
  stop(): Promise<void>;
}

let built: Contract | undefined;

/** Compiled once for each test file. */
export function bookContract(): Contract {
  if (built) return built;
  const fixture = createFixture();
  built = fixture.build();
  fixture.remove();
  return built;
}

/** Service and gateway on free ports, in this process. */
export async function startRig(options: Partial<GatewayOptions> = {}): Promise<Rig> {
  const contract = bookContract();
  const { handlers, trouble, produced } = createBook();
  const service = await serveJson(contract, handlers);
  const upstream = `127.0.0.1:${service.port}`;
  const logged: string[] = [];
  const log = createLog("gateway", "info", { write: (line) => void logged.push(line) });
  const gateway = createGateway({ contract, addresses: { book: upstream }, log, ...options });
  const http = await listen(gateway.app, "127.0.0.1", 0);
  const stop = async () => {
    await http.stop(0);
    gateway.close();
    service.stop();
  };
  return {
    contract,
    url: `http://127.0.0.1:${http.port}`,
    upstream,
    http,
    logged,
    seen: service.seen,
    batches: service.batches,
    trouble,
    produced,
    stop,
  };
}

export interface Answer {
  status: number;
  headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- an answer is looked into at any depth, and expect() says what is amiss
  json: Record<string, any>;
}

export async function ask(url: string, init: RequestInit & { json?: unknown } = {}): Promise<Answer> {
  const { json, ...rest } = init;
  const headers = { "content-type": "application/json", ...(rest.headers as Record<string, string>) };
  const sent = json === undefined ? {} : { body: JSON.stringify(json), headers };
  const response = await fetch(url, { ...rest, ...sent });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get("content-type") ?? "");
  return { status: response.status, headers: response.headers, json: isJson && text ? JSON.parse(text) : {} };
}
