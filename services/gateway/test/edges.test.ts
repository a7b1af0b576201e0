// What lies around the calls: origins, deadlines, callers who leave, the end of the process.
import { request } from "node:http";
import { createServer } from "node:net";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { register } from "prom-client";
import { afterEach, expect, test } from "vitest";
import { ask, startRig, type Rig } from "./rig.ts";

const rigs: Rig[] = [];
afterEach(async () => {
  await Promise.all(rigs.splice(0).map((rig) => rig.stop()));
});

async function start(options: Parameters<typeof startRig>[0] = {}): Promise<Rig> {
  const rig = await startRig(options);
  rigs.push(rig);
  return rig;
}

test("only pages of the listed origins may read answers", async () => {
  const { url } = await start({ corsOrigins: ["https://app.example.com"] });
  const preflight = (origin: string) =>
    fetch(`${url}/v1/customers`, {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": "POST" },
    });
  const allowed = await preflight("https://app.example.com");
  expect(allowed.status).toBe(204);
  expect(allowed.headers.get("access-control-allow-origin")).toBe("https://app.example.com");
  expect(allowed.headers.get("access-control-allow-headers")).toContain("If-Match");
  const other = await preflight("https://app.example.com.evil.org");
  expect(other.headers.get("access-control-allow-origin")).toBeNull();
  expect(other.headers.get("vary")).toContain("origin");

  const got = await fetch(`${url}/v1/customers`, { headers: { origin: "https://app.example.com" } });
  expect(got.headers.get("access-control-expose-headers")).toBe(
    "ETag, Retry-After, Content-Language, traceparent",
  );
  expect(got.headers.get("access-control-allow-credentials")).toBeNull();
  const refused = await fetch(`${url}/v1/customers/none`, { headers: { origin: "https://app.example.com" } });
  expect([refused.status, refused.headers.get("access-control-allow-origin")]).toEqual([
    404,
    "https://app.example.com",
  ]);
});

test("without a list no origin may", async () => {
  const { url } = await start();
  const got = await fetch(`${url}/v1/customers`, { headers: { origin: "https://app.example.com" } });
  expect(got.headers.get("access-control-allow-origin")).toBeNull();
});

test("the deadline ends a slow call, and the service is told of it", async () => {
  const { url } = await start({ deadlineMs: 200 });
  const slow = await ask(`${url}/v1/customers/slow`);
  expect([slow.status, slow.json.reason]).toEqual([504, "DEADLINE_EXCEEDED"]);
});

test("a service that is not there is 503, without a word about where it should be", async () => {
  const free = createServer().listen(0, "127.0.0.1");
  await once(free, "listening");
  const address = `127.0.0.1:${(free.address() as AddressInfo).port}`;
  free.close();
  await once(free, "close");
  const { url } = await start({ addresses: { book: address }, patienceMs: 100 });
  const gone = await ask(`${url}/v1/customers`);
  expect([gone.status, gone.json.reason, gone.json.detail]).toEqual([503, "UNAVAILABLE", undefined]);
});

test("a caller who leaves ends the call, and is counted as 499", async () => {
  const { url, seen, logged } = await start();
  const before = await counted();
  const req = request(`${url}/v1/customers/slow`).on("error", () => {});
  req.end();
  await expect.poll(() => seen.length).toBe(1);
  req.destroy();
  await expect.poll(counted).toBe(before + 1);
  expect(logged).toEqual([]);
});

test.for(["upload", "download"])("so does one who leaves in the middle: %s", async (what) => {
  const { url, logged } = await start();
  const before = await counted();
  const upload = what === "upload";
  const path = upload ? "stuck:upload" : `one:failures?sizeBytes=${1 << 28}`;
  const req = request(`${url}/v1/imports/${path}`, { method: upload ? "POST" : "GET" }).on("error", () => {});
  if (upload) await new Promise((resolve) => req.write(Buffer.alloc(1 << 16), resolve));
  else await once(req.end(), "response");
  req.destroy();
  await expect.poll(counted).toBe(before + 1);
  expect(logged).toEqual([]);
});

async function counted(): Promise<number> {
  const metrics = await register.getMetricsAsJSON();
  const duration = metrics.find(({ name }) => name === "http_server_request_duration_seconds");
  const values = (duration?.values ?? []) as {
    metricName?: string;
    labels: Record<string, unknown>;
    value: number;
  }[];
  const left = values.filter(
    ({ metricName, labels }) => metricName?.endsWith("_count") && labels.status === 499,
  );
  return left.reduce((sum, { value }) => sum + value, 0);
}

test("a graceful stop answers what is on its way and takes nothing new", async () => {
  const rig = await startRig();
  const answer = ask(`${rig.url}/v1/customers/short`);
  await expect.poll(() => rig.seen.length).toBe(1);
  const stopped = rig.http.stop(20_000);
  await expect(fetch(`${rig.url}/v1/customers`)).rejects.toThrow("fetch failed");
  expect((await answer).json.customerId).toBe("short");
  await stopped;
  await rig.stop().catch(() => {});
});

test("a graceful stop waits no longer than it was told", async () => {
  const rig = await startRig();
  const answer = ask(`${rig.url}/v1/customers/slow`);
  answer.catch(() => {});
  await expect.poll(() => rig.seen.length).toBe(1);
  await rig.http.stop(100);
  await expect(answer).rejects.toThrow("fetch failed");
  await rig.stop().catch(() => {});
});
