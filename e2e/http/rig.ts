// A real gateway in front of the real customer service, in the test's process.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadContract } from "@guanxi/kit/contract";
import { createLog } from "@guanxi/kit/log";
import { startService } from "@guanxi/testkit/service";
import { customer } from "../../services/customer/src/app.ts";
import { createGateway } from "../../services/gateway/src/gateway.ts";
import { listen } from "@guanxi/kit/listen";

const DATA = join(import.meta.dirname, "../../../shared/data");
const SUITE = join(DATA, "bad-jsontestsuite");
const STRINGS = join(DATA, "bad-blns/blns.json");

/** Part of a title, so that a run without the collections says so. */
export const absent = (what: "suite" | "strings") =>
  existsSync(what === "suite" ? SUITE : STRINGS) ? "" : " (skipped: ../shared/data is not at hand)";

/** nst/JSONTestSuite: y_ are JSON, n_ are not, i_ are one of both. */
export const suite = (kind: "y" | "n" | "i"): [name: string, bytes: Buffer][] =>
  readdirSync(SUITE)
    .filter((name) => name.startsWith(`${kind}_`))
    .map((name) => [name, readFileSync(join(SUITE, name))]);

/** The big list of naughty strings. */
export const naughtyStrings = (): string[] => JSON.parse(readFileSync(STRINGS, "utf8")) as string[];

export interface Problem {
  readonly reason: string;
  readonly detail?: string;
  readonly violations?: readonly { field: string; description: string; reason?: string }[];
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- an answer is looked into at any depth, and expect() says what is amiss
  readonly json: any;
}

export interface Asked {
  readonly json?: unknown;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Record<string, string>;
}

export type Rig = Awaited<ReturnType<typeof startRig>>;

export async function startRig() {
  const service = await startService(customer);
  const failures: string[] = [];
  const log = createLog("gateway", "error", { write: (line) => void failures.push(line) });
  const addresses = {
    customer: service.grpcAddress(),
    identity: NOBODY,
    analytics: NOBODY,
    sales: NOBODY,
    service_desk: NOBODY,
    interaction: NOBODY,
    marketing: NOBODY,
  };
  const gateway = createGateway({ contract: loadContract(), addresses, log });
  const http = await listen(gateway.app, "127.0.0.1", 0);
  return {
    service,
    /** What the gateway has answered with 5xx. */
    failures,
    url: `http://127.0.0.1:${http.port}`,
    async stop() {
      await http.stop(0);
      gateway.close();
      await service.stop();
    },
  };
}

const NOBODY = "127.0.0.1:1";

/** A person of a new tenant, speaking HTTP. */
export async function newcomer({ url, service }: Rig) {
  const user = await service.user();
  const ask = (method: string, path: string, { json, body, headers }: Asked = {}) =>
    send(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${user.token}`, "content-type": "application/json", ...headers },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      ...(body !== undefined && { body }),
    });
  return { ...user, ask };
}

export type Newcomer = Awaited<ReturnType<typeof newcomer>>;

async function send(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, json: text ? JSON.parse(text) : undefined };
}

export const fieldsOf = ({ json }: Answer) => ((json as Problem).violations ?? []).map(({ field }) => field);

/** So many at a time; the answers in the order of the questions. */
export async function each<T, R>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const queue = [...items.entries()];
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift())
      results[next[0]] = await work(next[1], next[0]);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

const AT_ONCE = 16;
