import { isUtf8 } from "node:buffer";
import { fileTypeFromBuffer } from "file-type";

/** So much of a file is looked at. */
export const SNIFFED_BYTES = 4_100;

/** What the bytes are, whatever the sender calls them. Text that a browser could run is plain text here. */
export async function typeOf(head: Uint8Array, whole: boolean): Promise<string> {
  const found = await fileTypeFromBuffer(head);
  if (found) return found.mime;
  return isText(head, whole) ? "text/plain; charset=utf-8" : "application/octet-stream";
}

/** The last character of a piece may be cut in the middle. */
function isText(head: Uint8Array, whole: boolean): boolean {
  if (head.includes(0)) return false;
  const cuts = whole ? [0] : [0, 1, 2, 3];
  return cuts.some((cut) => isUtf8(head.subarray(0, head.length - cut)));
}
