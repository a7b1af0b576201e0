import { afterEach, expect, test } from "vitest";
import { startManagement, type Check, type Management, type PageHandler } from "./management.ts";

const running: Management[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.close()));
});

async function start(checks: Record<string, Check>, extra: Record<string, PageHandler> = {}) {
  const version = { service: "test", release: "1.2.3", revision: "", contract: "0123456789ab" };
  const management = await startManagement({ host: "127.0.0.1", port: 0, checks, version, extra });
  running.push(management);
  const get = async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${management.port}${path}`);
    return { status: answer.status, text: await answer.text() };
  };
  return { management, get };
}

test("it is ready when every check passes, and no more once it drains", async () => {
  const { management, get } = await start({ database: async () => {} });
  expect(await get("/health/ready")).toMatchObject({ status: 200 });
  management.draining();
  expect(await get("/health/ready")).toMatchObject({ status: 503 });
  expect(await get("/health/live")).toMatchObject({ status: 200 });
});

test("a check that fails or hangs is named, and does not hold up the others", async () => {
  const { get } = await start({
    database: () => Promise.reject(new Error("connection refused")),
    nats: () => new Promise(() => {}),
    keys: async () => {},
  });
  const { status, text } = await get("/health/ready");
  expect(status).toBe(503);
  expect(JSON.parse(text)).toEqual({
    status: "not ready",
    checks: { database: "connection refused", nats: "no answer in 1000 ms", keys: "ok" },
  });
});

test("started means that it was ready once, whatever came after", async () => {
  const database = { up: false };
  const { get } = await start({
    database: () => (database.up ? Promise.resolve() : Promise.reject(new Error("down"))),
  });
  expect((await get("/health/started")).status).toBe(503);
  database.up = true;
  expect((await get("/health/started")).status).toBe(200);
  database.up = false;
  expect((await get("/health/started")).status).toBe(200);
  expect((await get("/health/ready")).status).toBe(503);
});

test("metrics, the version and a service's own pages are served beside it", async () => {
  const { get } = await start({}, { "/keys": (_req, res) => void res.end("{}") });
  expect((await get("/metrics")).text).toContain("process_cpu_seconds_total");
  expect(await get("/keys")).toEqual({ status: 200, text: "{}" });
  expect(await get("/version")).toEqual({
    status: 200,
    text: '{"service":"test","release":"1.2.3","revision":"","contract":"0123456789ab"}',
  });
  expect((await get("/toString")).status).toBe(404);
});
