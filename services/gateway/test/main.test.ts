// The process as it is started: ready, told to stop, gone.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { loadContract } from "@guanxi/kit/contract";
import { exportJWK, generateKeyPair } from "jose";
import { afterEach, expect, test } from "vitest";
import { areaOf, routesOf } from "../src/routes.ts";

const main = join(import.meta.dirname, "../src/main.ts");
const children: ChildProcess[] = [];
afterEach(() => children.splice(0).forEach((child) => child.kill("SIGKILL")));

// Takes connections and says nothing, as a service that hangs.
const silent = createServer((socket) => void socket.on("error", () => {}))
  .listen(0, "127.0.0.1")
  .unref();

/** Of whatever areas the contract has by now. */
const addresses = (upstream: string) =>
  Object.fromEntries(
    routesOf(loadContract()).map((route) => [`${areaOf(route).toUpperCase()}_GRPC_URL`, upstream]),
  );

async function startMain(more: Record<string, string> = {}) {
  const upstream = `127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const env = {
    PATH: process.env.PATH,
    HTTP_PORT: "0",
    MANAGEMENT_PORT: "0",
    DRAIN_SECONDS: "0",
    ...addresses(upstream),
    ...more,
  };
  const child = spawn(process.execPath, ["--conditions=source", main], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  const { port, managementPort } = JSON.parse(line) as { port: number; managementPort: number };
  return { child, url: `http://127.0.0.1:${port}`, management: `http://127.0.0.1:${managementPort}` };
}

test("it is ready, serves its document and its figures, and ends when told", async () => {
  const { child, url, management } = await startMain();
  expect((await fetch(`${management}/health/ready`)).status).toBe(200);
  expect(await (await fetch(`${url}/openapi.json`)).json()).toMatchObject({ openapi: "3.1.1" });
  expect(await (await fetch(`${management}/metrics`)).text()).toContain(
    'http_server_request_duration_seconds_count{method="",route="none",status="200"} 1',
  );
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
});

test.for<[string, Record<string, string>, number]>([
  ["with a demo company its people are offered", {}, 1],
  [
    "with an issuer of one's own nobody is, whatever lies there still",
    { OIDC_ISSUER: "https://sso.example.com" },
    0,
  ],
])("%s", async ([, env, count]) => {
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: "laptop", alg: "ES256" };
  const people = [{ subject: "lin", displayName: "林晓", job: "representative" }];
  const demo = { key, issuer: "urn:guanxi:laptop", audience: "guanxi", people };
  const { url } = await startMain({ DEMO_SIGN_IN: JSON.stringify(demo), ...env });
  const session = await (await fetch(`${url}/session`)).json();
  expect(session).toEqual({ signedIn: false, people: people.slice(0, count) });
});

test("a call on its way makes it wait, not ready, for as long as it was told", async () => {
  const { child, url, management } = await startMain({ STOP_SECONDS: "2", PATIENCE_MS: "60000" });
  const call = fetch(`${url}/v1/tenant`).catch((error: unknown) => error);
  const metrics = async () => (await fetch(`${management}/metrics`)).text();
  await expect.poll(async () => (await metrics()).includes("http_server_requests_in_flight 1")).toBe(true);
  child.kill("SIGTERM");
  await expect.poll(async () => (await fetch(`${management}/health/ready`)).status).toBe(503);
  expect(await call).toBeInstanceOf(TypeError);
  expect(await once(child, "exit")).toEqual([0, null]);
});

test("told to stop, it is not ready, and each connection ends with the next answer it gives", async () => {
  const { child, url, management } = await startMain({ DRAIN_SECONDS: "2" });
  const before = await fetch(`${url}/openapi.json`);
  expect(before.headers.get("connection")).toBe("keep-alive");
  await before.arrayBuffer();
  child.kill("SIGTERM");
  await expect.poll(async () => (await fetch(`${management}/health/ready`)).status).toBe(503);
  const after = await fetch(`${url}/openapi.json`);
  expect([after.status, after.headers.get("connection")]).toEqual([200, "close"]);
  expect(await once(child, "exit")).toEqual([0, null]);
  await expect(fetch(`${url}/openapi.json`)).rejects.toThrow("fetch failed");
});

test("what keeps it from starting it says in one sentence", async () => {
  const { url } = await startMain();
  const taken = new URL(url).port;
  await expect(startAndFail({ HTTP_PORT: taken })).resolves.toEqual([
    1,
    `The gateway does not start: listen EADDRINUSE: address already in use 127.0.0.1:${taken}\n`,
  ]);
});

test("a command that it does not know starts nothing", async () => {
  const [code, said] = await startAndFail({ HTTP_PORT: "0" }, "migrate");
  expect([code, said]).toEqual([64, "gateway knows no command migrate: serve, version, check-config\n"]);
});

async function startAndFail(more: Record<string, string>, ...words: string[]): Promise<[number, string]> {
  const env = { PATH: process.env.PATH, MANAGEMENT_PORT: "0", ...addresses("127.0.0.1:1"), ...more };
  const child = spawn(process.execPath, ["--conditions=source", main, ...words], {
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  children.push(child);
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, "close")) as [number];
  return [code, said];
}
