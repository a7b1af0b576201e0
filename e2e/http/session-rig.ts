// Real identity and customer behind as many gateways as a test wants, and a browser's part: the cookie and what says where it is.
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { loadContract } from "@guanxi/kit/contract";
import { createLog } from "@guanxi/kit/log";
import { createGateway, type GatewayOptions } from "../../services/gateway/src/gateway.ts";
import { listen } from "@guanxi/kit/listen";
import { aCompany, ISSUER, startIdentity } from "../../services/identity/test/rig.ts";

const NOBODY = "127.0.0.1:1";
const AREAS = ["customer", "analytics", "sales", "service_desk", "interaction", "marketing"];

export async function startSessions() {
  const identity = await startIdentity();
  const lin = aCompany();
  const { tenantId } = await identity.provision(lin);
  await identity.settled();
  const person = { subject: lin.subject, displayName: "林晓", job: "representative" };
  const demoSignIn = JSON.stringify({
    key: await identity.issuerKey(),
    issuer: ISSUER,
    audience: "guanxi",
    people: [person, { ...person, subject: "stranger" }],
  });
  const addresses = {
    identity: identity.grpcAddress(),
    ...Object.fromEntries(AREAS.map((area) => [area, NOBODY])),
  };
  const stops: (() => Promise<void>)[] = [];

  async function gateway(options: Partial<GatewayOptions> = {}) {
    const log = createLog("gateway", "silent");
    const made = createGateway({ contract: loadContract(), addresses, log, demoSignIn, ...options });
    const http = await listen(made.app, "127.0.0.1", 0);
    const stop = async () => {
      await http.stop(0);
      made.close();
    };
    stops.push(stop);
    return { url: `http://127.0.0.1:${http.port}`, stop };
  }

  return {
    identity,
    tenantId,
    person,
    gateway,
    async stop() {
      for (const stop of stops) await stop();
      await identity.stop();
    },
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  /** The cookies it sets. */
  readonly cookies: readonly string[];
  // oxlint-disable-next-line typescript/no-explicit-any -- an answer is looked into at any depth, and expect() says what is amiss
  readonly json: any;
  readonly text: string;
}

interface Sent {
  readonly headers?: Record<string, string>;
  readonly json?: unknown;
  readonly cookie?: string;
}

/** By hand, since fetch neither sends a host nor a cookie of our choice. */
export async function send(
  method: string,
  url: string,
  { headers, json, cookie }: Sent = {},
): Promise<Answer> {
  const body = json === undefined ? undefined : JSON.stringify(json);
  const sent = {
    ...(body !== undefined && { "content-type": "application/json" }),
    ...(cookie !== undefined && { cookie }),
    ...headers,
  };
  const { hostname, port } = new URL(url);
  const path = url.slice(url.indexOf("/", "http://".length)); // as it stands: what an address makes of dots is another's work
  const asking = request({ hostname, port, path, method, headers: sent });
  asking.end(body);
  const [res] = (await once(asking, "response")) as [IncomingMessage];
  const text = Buffer.concat((await res.toArray()) as Buffer[]).toString();
  const isJson = /json/.test(res.headers["content-type"] ?? "");
  return {
    status: res.statusCode!,
    headers: res.headers,
    cookies: res.headers["set-cookie"] ?? [],
    json: isJson && text ? JSON.parse(text) : undefined,
    text,
  };
}

/** What a page of the console sends with what it asks. */
export const OURS = { "sec-fetch-site": "same-origin", "x-guanxi-console": "1" };

/** A browser with our page open at that gateway. */
export function browser(url: string) {
  let cookie: string | undefined;
  async function ask(method: string, path: string, sent: Sent = {}) {
    const answer = await send(method, `${url}${path}`, {
      ...(cookie !== undefined && { cookie }),
      ...sent,
      headers: { ...OURS, ...sent.headers },
    });
    for (const set of answer.cookies) cookie = set.includes("Max-Age=0") ? undefined : set.split(";", 1)[0];
    return answer;
  }
  return {
    ask,
    cookie: () => cookie,
    key: () => cookie!.slice(cookie!.indexOf("=") + 1),
    signIn: (person: string) => ask("POST", "/session", { json: { person } }),
  };
}
