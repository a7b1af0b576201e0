// The gateway in a process of its own, so that what is under way is neither the caller's nor the service's.
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ask, startRig, type Rig } from "./rig.ts";

const MB = 1024 * 1024;
let rig: Rig;
let child: ChildProcess;
let url: string;

beforeAll(async () => {
  rig = await startRig();
  child = fork(join(import.meta.dirname, "lone-gateway.ts"), [rig.upstream], {
    execArgv: ["--conditions=source"],
  });
  [url] = (await once(child, "message")) as [string];
});
afterAll(async () => {
  child.kill();
  await rig.stop();
});

async function* pieces(bytes: number) {
  const piece = Buffer.alloc(MB, "a");
  for (let left = bytes; left > 0; left -= piece.length) yield piece.subarray(0, Math.min(left, MB));
}

const upload = (id: string, bytes: number) =>
  ask(`${url}/v1/imports/${id}:upload`, {
    method: "POST",
    headers: { "content-type": "text/csv" },
    body: ReadableStream.from(pieces(bytes)),
    ...{ duplex: "half" },
  });

test("20 MB up to a slow reader", async () => {
  const { status, json } = await upload("slow-reader", 20 * MB);
  expect(status).toBe(200);
  expect(json).toEqual({ importId: "slow-reader", contentType: "text/csv", sizeBytes: String(20 * MB) });
});

test("a reader that stands still makes the writer stand still: nobody holds the file in between", async () => {
  const req = request(`${url}/v1/imports/stuck:upload`, { method: "POST" }).on("error", () => {});
  const piece = Buffer.alloc(MB);
  let taken = 0;
  while (taken < 64 * MB) {
    const room = req.write(piece);
    if (!room && (await Promise.race([once(req, "drain"), sleep(1_000, "stuck")])) === "stuck") break;
    taken += piece.length;
  }
  req.destroy();
  expect(taken).toBeLessThan(20 * MB);
});

test("a caller that reads nothing makes the service stand still", async () => {
  const size = 64 * MB;
  const req = request(`${url}/v1/imports/one:failures?sizeBytes=${size}`);
  req.end();
  const [res] = (await once(req, "response")) as [IncomingMessage];
  let before = -1;
  while (rig.produced.bytes > before && rig.produced.bytes < size) {
    before = rig.produced.bytes;
    await sleep(1_000);
  }
  expect(rig.produced.bytes).toBeLessThan(20 * MB);
  expect(res.headers["content-type"]).toBe("text/csv");
  expect(res.headers["content-disposition"]).toBe("attachment");
  req.destroy();
});

test("20 MB down, whole", async () => {
  const response = await fetch(`${url}/v1/imports/one:failures?sizeBytes=${20 * MB}`);
  expect((await response.arrayBuffer()).byteLength).toBe(20 * MB);
});

test("refused half way, and refused before the first byte", async () => {
  const large = await upload("too-large", 5_000_000);
  expect([large.status, large.json.reason]).toEqual([413, "PAYLOAD_TOO_LARGE"]);
  const none = await ask(`${url}/v1/imports/none:failures`);
  expect([none.status, none.json.reason]).toEqual([404, "IMPORT_NOT_FOUND"]);
  const early = await ask(`${url}/v1/imports/breaks:failures?sizeBytes=1000`);
  expect([early.status, early.json.reason]).toEqual([503, "LOST"]);
});

test("an empty file is a file", async () => {
  expect((await upload("empty", 0)).json.sizeBytes).toBe("0");
  const response = await fetch(`${url}/v1/imports/one:failures?sizeBytes=0`);
  expect([response.status, await response.text()]).toEqual([200, ""]);
});

test("a download that breaks does not look whole", async () => {
  const response = await fetch(`${url}/v1/imports/breaks-late:failures?sizeBytes=5000000`);
  expect(response.status).toBe(200);
  await expect(response.arrayBuffer()).rejects.toThrow("terminated");
});
