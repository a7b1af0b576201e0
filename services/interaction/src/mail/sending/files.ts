// The files that go with a message, as they are when it leaves.
import { type FileSettings, fileStoreOf } from "@guanxi/attachments/file-store";
import { keyOf } from "@guanxi/attachments/store-file";
import { type AttachmentRow, keptAmong } from "@guanxi/attachments/rows";
import type { At } from "@guanxi/kit/at";
import type { InteractionState } from "../../interactions/interaction-state.ts";
import { LetterFault } from "./letter-fault.ts";

export interface LetterFile {
  readonly attachmentId: string;
  readonly filename: string;
  readonly contentType: string;
  readonly content: Buffer;
}

/** In the order in which they were named. */
export async function filesOf(at: At, { delivery }: InteractionState): Promise<readonly AttachmentRow[]> {
  const ids = delivery?.attachmentIds ?? [];
  if (ids.length === 0) return [];
  const there = new Map((await keptAmong(at, ids)).map((row) => [row.attachmentId, row]));
  return ids.map((id) => {
    const row = there.get(id);
    if (!row) throw new LetterFault("A file that should go with it was removed: send it anew, without that.");
    return row;
  });
}

/** Outside of any transaction: the store may be far away. */
export async function contentOf(
  settings: FileSettings,
  tenantId: string,
  rows: readonly AttachmentRow[],
): Promise<LetterFile[]> {
  const files = fileStoreOf(settings);
  if (!files) throw new LetterFault("The files that should go with it cannot be read: set FILES_URL.");
  const read: LetterFile[] = [];
  for (const { attachmentId, fileName, contentType } of rows) {
    const pieces: Uint8Array[] = [];
    try {
      for await (const piece of files.read(keyOf(tenantId, attachmentId))) pieces.push(piece);
    } catch (error) {
      if (isMissing(error)) throw new LetterFault(`The content of ${fileName} is no longer there.`);
      throw error;
    }
    read.push({ attachmentId, filename: fileName, contentType, content: Buffer.concat(pieces) });
  }
  return read;
}

/** As a folder says it, and an object store. */
const isMissing = (error: unknown): boolean => {
  const { code, name } = error as { code?: unknown; name?: unknown };
  return code === "ENOENT" || name === "NoSuchKey";
};
