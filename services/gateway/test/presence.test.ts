// What becomes of requests while their service is away, and what of those that were under way when it went.
import { once } from "node:events";
import { request } from "node:http";
import { constants, createServer } from "node:http2";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { createLog } from "@guanxi/kit/log";
import { afterEach, expect, test } from "vitest";
import { createGateway, type GatewayOptions } from "../src/gateway.ts";
import { listen } from "@guanxi/kit/listen";
import { createBook } from "./book.ts";
import { serveJson, type Call, type Handler, type JsonService } from "./json-service.ts";
import { ask, bookContract } from "./rig.ts";

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

/** A gateway whose service goes and comes back at one address; what it keeps stays, as in a database. */
async function start(options: Partial<GatewayOptions> = {}) {
  const contract = bookContract();
  const { handlers } = createBook();
  const seen: Call[] = [];
  let service: JsonService;
  let address: string | undefined;
  let dying: string | undefined;

  /** Goes in the middle of the next call of a method, and is back at once. */
  const mortal = (name: string, handler: Handler) => (request: never, call: never) => {
    if (dying !== name) return handler(request, call);
    dying = undefined;
    service.stop();
    return come().then(() => pause(10_000, undefined, { ref: false }));
  };
  const mortals = Object.entries(handlers).map(([name, handler]) => [name, mortal(name, handler)]);

  async function come(): Promise<void> {
    service = await serveJson(contract, Object.fromEntries(mortals) as typeof handlers, address);
    address = `127.0.0.1:${service.port}`;
    const { push } = service.seen;
    service.seen.push = (...calls) => seen.push(...calls) && push.apply(service.seen, calls);
  }
  await come();
  stops.push(() => service.stop());
  const url = await startFront({ addresses: { book: address! }, ...options });
  await expect.poll(async () => (await ask(`${url}/v1/customers`)).status).toBe(200);
  seen.length = 0;
  const dieIn = (method: string) => (dying = method);
  return { url, address: address!, seen, come, leave: () => service.leave(), dieIn };
}

async function startFront(options: Partial<GatewayOptions> & Pick<GatewayOptions, "addresses">) {
  const log = createLog("gateway", "silent");
  const gateway = createGateway({ contract: bookContract(), log, patienceMs: 20_000, ...options });
  const http = await listen(gateway.app, "127.0.0.1", 0);
  stops.push(
    () => gateway.close(),
    () => http.stop(0),
  );
  return `http://127.0.0.1:${http.port}`;
}

const create = (url: string, displayName: string) =>
  ask(`${url}/v1/customers`, { method: "POST", json: { displayName } });
const find = (url: string) => ask(`${url}/v1/remarks:find`, { method: "POST", json: { page: "7" } });

test("whoever asks while the service is away has an answer when it is back, each request done once", async () => {
  const { url, seen, come, leave } = await start();
  const kept = (await create(url, "Kept")).json;
  await leave();
  seen.length = 0;
  const names = Array.from({ length: 40 }, (_, index) => `Customer ${index}`);
  const asked = [
    ...names.map((name) => create(url, name)),
    ...names.map(() => ask(`${url}/v1/customers/${kept.customerId}`)),
    find(url),
    ask(`${url}/v1/imports/one:upload`, { method: "POST", body: "a,b\n1,2" }),
    ask(`${url}/v1/imports/one:failures?sizeBytes=100`),
  ];
  await pause(300);
  expect(seen).toEqual([]);
  await come();
  const answers = await Promise.all(asked);
  expect(answers.map(({ status }) => status)).toEqual(asked.map(() => 200));
  expect(answers.at(-2)!.json.sizeBytes).toBe("7");
  expect(seen.length).toBe(asked.length - 2); // streams are not listed
});

test("a service that goes while it is asked fails nobody, and does nothing twice", async () => {
  const { url, seen, come, leave } = await start();
  let asked = 0;
  const statuses = new Set<number>();
  const stopping = new AbortController();
  async function caller(number: number): Promise<void> {
    while (!stopping.signal.aborted) {
      const { customerId } = (await create(url, `Made ${number}`)).json;
      const answers = [await ask(`${url}/v1/customers/${customerId}`), await find(url)];
      for (const { status } of answers) statuses.add(status);
      asked += 3;
    }
  }
  const callers = Promise.all(Array.from({ length: 8 }, (_, number) => caller(number)));
  for (let round = 0; round < 5; round++) {
    const goal = asked + 100;
    await expect.poll(() => asked, { timeout: 20_000 }).toBeGreaterThan(goal);
    await leave();
    await come();
  }
  stopping.abort();
  await callers;
  expect(statuses).toEqual(new Set([200]));
  expect(seen.length).toBe(asked);
});

test("one that stays away is waited for once; who comes later is told at once", async () => {
  const { url, leave } = await start({ patienceMs: 3_000 });
  await leave();
  const [first] = await Promise.all([ask(`${url}/v1/customers`), create(url, "Never")]);
  expect([first.status, first.json.reason, first.json.detail]).toEqual([503, "UNAVAILABLE", undefined]);
  const before = performance.now();
  expect((await find(url)).status).toBe(503);
  expect(performance.now() - before).toBeLessThan(3_000);
});

test("a service that has not been there yet is waited for by each request anew", async () => {
  const { address, come, leave } = await start();
  await leave();
  const url = await startFront({ addresses: { book: address }, patienceMs: 1_500 });
  expect((await ask(`${url}/v1/customers`)).status).toBe(503);
  const later = ask(`${url}/v1/customers`);
  await pause(200);
  await come();
  expect((await later).status).toBe(200);
});

test("no wait is longer than the request's own deadline", async () => {
  const { url, leave } = await start({ deadlineMs: 300 });
  await leave();
  expect((await ask(`${url}/v1/customers`)).status).toBe(503);
});

test("a connection that is lost: what may come twice is sent again with the same id, the rest is not", async () => {
  const { url, seen, dieIn } = await start();
  dieIn("createCustomer");
  expect((await create(url, "Twice")).status).toBe(200);
  expect(new Set(seen.map(({ request: { requestId } }) => requestId)).size).toBe(1);
  expect(seen.map(({ method }) => method)).toEqual(["createCustomer", "createCustomer"]);
  seen.length = 0;
  dieIn("getRemark");
  expect((await find(url)).status).toBe(503);
  expect(seen.map(({ method }) => method)).toEqual(["getRemark"]);
});

test("what a service has not looked at is sent again, whatever it is", async () => {
  let left = 4;
  const asked: string[] = [];
  const server = createServer().on("stream", (stream, { ":path": path }) => {
    asked.push(String(path));
    stream.on("error", () => {}); // the refusal itself
    if (left-- > 0) return stream.close(constants.NGHTTP2_REFUSED_STREAM);
    stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
    stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
    stream.end(Buffer.alloc(5)); // an empty message
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { url } = await start({ addresses: { book: `127.0.0.1:${(server.address() as AddressInfo).port}` } });
  expect(left).toBe(-1); // start asks once
  left = 4;
  asked.length = 0;
  expect((await find(url)).status).toBe(200);
  expect(asked).toEqual(asked.map(() => "/guanxi.book.v1.CustomerService/GetRemark"));
  expect(asked.length).toBe(5);
  server.close();
});

test("what nobody waits for any more is not sent when the service is back", async () => {
  const { url, seen, come, leave } = await start();
  await leave();
  const waiting = request(`${url}/v1/customers`).on("error", () => {});
  waiting.end();
  await pause(200);
  waiting.destroy();
  const other = ask(`${url}/v1/customers/none`);
  await come();
  expect((await other).status).toBe(404);
  expect(seen.map(({ method }) => method)).toEqual(["getCustomer"]);
});
