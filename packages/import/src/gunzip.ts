import { pipeline, Readable } from "node:stream";
import { constants, createGunzip, gunzipSync } from "node:zlib";
import { FileFault } from "./fault.ts";
import type { Limits } from "./limits.ts";

const HEAD = 16 * 1024; // deflate makes at most a thousandfold of it

export const isGzip = (bytes: Uint8Array) => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** The beginning of what a gzip file holds, from its beginning. */
export function gunzipHead(head: Uint8Array): Uint8Array {
  try {
    return gunzipSync(head.subarray(0, HEAD), { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    throw broken();
  }
}

/** The bytes of a file, unpacked on the way if they are packed. */
export async function* unpacked(
  bytes: AsyncIterable<Uint8Array>,
  limits: Limits,
): AsyncGenerator<Uint8Array> {
  const count = { packed: 0, unpacked: 0 };
  const source = counted(bytes, count, limits);
  const first = await source.next();
  if (first.done) return;
  const all = rejoined(first.value, source);
  yield* isGzip(first.value) ? gunzipped(all, count, limits) : all;
}

interface Count {
  packed: number;
  unpacked: number;
}

async function* counted(bytes: AsyncIterable<Uint8Array>, count: Count, limits: Limits) {
  let held: Uint8Array = new Uint8Array(0);
  for await (const chunk of bytes) {
    count.packed += chunk.length;
    if (count.packed > limits.fileBytes) throw tooBig(limits.fileBytes);
    // The first chunk is long enough to tell what the file is.
    held = count.packed === chunk.length || held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    if (held.length < 2) continue;
    yield held;
    held = new Uint8Array(0);
  }
  if (held.length > 0) yield held;
}

async function* rejoined(first: Uint8Array, rest: AsyncIterable<Uint8Array>) {
  yield first;
  yield* rest;
}

async function* gunzipped(bytes: AsyncIterable<Uint8Array>, count: Count, limits: Limits) {
  const output = createGunzip();
  pipeline(Readable.from(bytes), output, () => undefined); // what fails is thrown by the loop, from `output`
  try {
    for await (const chunk of output as AsyncIterable<Buffer>) {
      count.unpacked += chunk.length;
      if (count.unpacked > limits.fileBytes) throw tooBig(limits.fileBytes);
      if (count.unpacked > limits.ratioFromBytes && count.unpacked > limits.ratio * count.packed) {
        throw bomb(limits);
      }
      yield chunk;
    }
  } catch (error) {
    throw error instanceof Error && "code" in error && String(error.code).startsWith("Z_") ? broken() : error;
  }
}

const broken = () =>
  new FileFault(
    "GZIP_BROKEN",
    "The gzip file is damaged or ends too early: pack it again, or send it unpacked.",
  );

const tooBig = (bytes: number) =>
  new FileFault("FILE_TOO_BIG", `The file has more than ${bytes} bytes: divide it.`, { byte: bytes });

export const bomb = (limits: Limits) =>
  new FileFault(
    "PACKED_TOO_TIGHTLY",
    `The file unpacks to more than ${limits.ratio} times its size: send it unpacked, or divide it.`,
  );
