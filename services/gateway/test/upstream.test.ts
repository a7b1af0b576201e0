// The connection itself: what a gateway makes of one that leads nowhere.
import { connect as dial, createServer, type AddressInfo, type Socket } from "node:net";
import { once } from "node:events";
import { connectivityState, status } from "@grpc/grpc-js";
import { afterEach, expect, test, vi } from "vitest";
import type { Exchange } from "../src/exchange.ts";
import { routesOf } from "../src/routes.ts";
import { connect, metadataOf, raw, rpcPath } from "../src/upstream.ts";
import { createBook } from "./book.ts";
import { serveJson } from "./json-service.ts";
import { bookContract } from "./rig.ts";

const stops: (() => unknown)[] = [];
afterEach(() => stops.splice(0).forEach((stop) => stop()));

/** A way to a port that can be cut as by a machine that vanishes: nothing comes through any more, and nobody is told. */
async function startWay(port: number) {
  const ends: Socket[] = [];
  const server = createServer((near) => {
    const far = dial(port, "127.0.0.1");
    for (const end of [near, far]) ends.push(end.on("error", () => {}));
    near.pipe(far).pipe(near);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  stops.push(
    () => server.close(),
    () => ends.forEach((end) => end.destroy()),
  );
  const cut = () => {
    for (const end of ends) end.unpipe().pause();
    server.close();
  };
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, cut };
}

test("a machine that vanishes without a word is noticed within 13 s, though nobody asks", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  stops.push(() => vi.useRealTimers());
  const service = await serveJson(bookContract(), createBook().handlers);
  const way = await startWay(service.port);
  const client = connect(way.address);
  stops.push(
    () => service.stop(),
    () => client.close(),
  );
  const state = () => client.getChannel().getConnectivityState(true);
  const becomes = async (done: () => boolean) => {
    for (let turns = 0; !done() && turns < 10_000; turns++) await new Promise(setImmediate);
    expect(done()).toBe(true);
  };
  await becomes(() => state() === connectivityState.READY);
  way.cut();
  vi.advanceTimersByTime(10_000);
  expect(state()).toBe(connectivityState.READY);
  vi.advanceTimersByTime(3_000);
  await becomes(() => state() !== connectivityState.READY);
});

test("a stream that finds no connection fails, and does not wait for its long deadline", async () => {
  const client = connect("127.0.0.1:1");
  stops.push(() => client.close());
  const deadline = Date.now() + 600_000;
  const metadataFor = (name: string) => {
    const endpoint = routesOf(bookContract()).find(({ method }) => method.name === name)!;
    // No request is behind it: this is all that metadataOf looks at.
    const exchange = { endpoint, req: { headers: {} }, trace: { traceparent: "" } } as unknown as Exchange;
    return [rpcPath(endpoint), metadataOf(exchange)] as const;
  };
  const [downPath, down] = metadataFor("DownloadFailures");
  const download = client.makeServerStreamRequest(downPath, raw, raw, Buffer.alloc(0), down, { deadline });
  await expect(once(download.resume(), "end")).rejects.toMatchObject({ code: status.UNAVAILABLE });
  const [upPath, up] = metadataFor("UploadImport");
  const upload = new Promise((resolve, reject) => {
    client.makeClientStreamRequest(upPath, raw, raw, up, { deadline }, (error) =>
      error ? reject(error) : resolve(undefined),
    );
  });
  await expect(upload).rejects.toMatchObject({ code: status.UNAVAILABLE });
});
