import { createHash } from "node:crypto";
import { enqueue } from "@guanxi/bus/enqueue";
import type { At } from "@guanxi/kit/at";
import { refuse } from "@guanxi/kit/refuse";
import { v7 } from "uuid";
import type { FileStore } from "./port.ts";
import { type Arrived, type AttachmentRow, expect, keep, keptOf } from "./rows.ts";
import { SNIFFED_BYTES, typeOf } from "./sniff.ts";

const MOST_BYTES = 25 * 1024 * 1024;
const MOST_OF_A_RECORD = 200;
const HOUR_MS = 3_600_000;
export const CLEAR_UP = "clear_up_attachment";

/** Where a file is to hang. */
export interface Belonging {
  readonly recordKind: string;
  readonly recordId: string;
  readonly fileName: string;
  readonly createdBy: string;
}

/** One transaction of the tenant, as a handler's call or a job's context opens it. */
type Run = <T>(work: (at: At) => Promise<T>) => Promise<T>;

export const keyOf = (tenantId: string, attachmentId: string) =>
  `${tenantId}/${attachmentId.slice(-2)}/${attachmentId}`;

/**
 * The row first, then the bytes, then the word that they are there: whatever breaks off in between is cleared up in an hour.
 * `ready` is asked in the first transaction whether the file may come at all.
 */
export async function storeFile(
  files: FileStore,
  run: Run,
  belonging: Belonging,
  pieces: AsyncIterable<Uint8Array>,
  ready?: (at: At) => Promise<void>,
): Promise<AttachmentRow> {
  const { row, tenantId } = await run(async (at) => {
    await ready?.(at);
    const there = await keptOf(at, belonging.recordKind, belonging.recordId);
    if (there.length >= MOST_OF_A_RECORD)
      throw refuse("precondition", "TOO_MANY_ATTACHMENTS", `A record has at most ${MOST_OF_A_RECORD} files.`);
    const made = arriving(belonging, at.now);
    expect(at, made);
    enqueue(at, CLEAR_UP, made.attachmentId, new Date(at.now.getTime() + HOUR_MS));
    return { row: made, tenantId: at.tenantId };
  });
  const look = lookAt(pieces);
  try {
    await files.write(keyOf(tenantId, row.attachmentId), look.pieces());
  } catch (error) {
    await run(async (at) => enqueue(at, CLEAR_UP, row.attachmentId)).catch(() => undefined); // it is due in an hour all the same
    throw error;
  }
  const arrived = await look.arrived();
  return run((at) => keep(at, row, arrived));
}

const arriving = (belonging: Belonging, now: Date): AttachmentRow => ({
  ...belonging,
  attachmentId: v7(),
  contentType: "",
  sizeBytes: 0n,
  sha256: "",
  state: "ARRIVING",
  createTime: now,
});

/** Passes the bytes on, and knows afterwards what they were. */
function lookAt(pieces: AsyncIterable<Uint8Array>) {
  const hash = createHash("sha256");
  const heads: Uint8Array[] = [];
  let size = 0;
  let looked = 0;
  return {
    async *pieces() {
      for await (const piece of pieces) {
        size += piece.length;
        if (size > MOST_BYTES)
          throw refuse("invalid", "FILE_TOO_LARGE", `A file may have ${MOST_BYTES / 1024 / 1024} MiB.`);
        hash.update(piece);
        if (looked < SNIFFED_BYTES) heads.push(piece.subarray(0, SNIFFED_BYTES - looked));
        looked += Math.min(piece.length, SNIFFED_BYTES - looked);
        yield piece;
      }
    },
    arrived: async (): Promise<Arrived> => ({
      sizeBytes: BigInt(size),
      sha256: hash.digest("hex"),
      contentType: await typeOf(Buffer.concat(heads), size <= SNIFFED_BYTES),
    }),
  };
}
