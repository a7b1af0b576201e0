import { isUtf8 } from "node:buffer";
import type { Encoding } from "./types.ts";

/** How long the byte order mark at the beginning is. */
export function markLength(bytes: Uint8Array): number {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 3;
  return isUtf16Mark(bytes, 0xff, 0xfe) || isUtf16Mark(bytes, 0xfe, 0xff) ? 2 : 0;
}

const isUtf16Mark = (bytes: Uint8Array, first: number, second: number) =>
  bytes[0] === first && bytes[1] === second;

/**
 * The encoding of the beginning of a text, or of a piece of it that starts with a whole character. Of what is text in none,
 * the one in which more of it is.
 */
export function encodingOf(head: Uint8Array, offset = 0): Encoding {
  const wide = offset === 0 ? utf16Order(head) : undefined;
  if (wide) return wide;
  if (isUtf8(wholeCharacters(head, "utf-8"))) return "utf-8";
  const chinese = head.subarray(0, badCharacter(head, "gb18030"));
  return chinese.length > badCharacter(head, "utf-8") && isChinese(chinese) ? "gb18030" : "utf-8";
}

const SEPARATORS = new Set([..."\n\r\t,;|:"].map((sign) => sign.charCodeAt(0)));

/** Without a mark the separators tell: each of them has a zero byte beside it, always on the same side. */
function utf16Order(head: Uint8Array): Encoding | undefined {
  if (isUtf16Mark(head, 0xff, 0xfe)) return "utf-16le";
  if (isUtf16Mark(head, 0xfe, 0xff)) return "utf-16be";
  const counts = { "utf-16le": 0, "utf-16be": 0, narrow: 0, none: 0 };
  for (let index = 0; index + 1 < head.length; index += 2) counts[pairKind(head[index], head[index + 1])]++;
  const { narrow, "utf-16le": little, "utf-16be": big } = counts;
  if (little > narrow + big) return "utf-16le";
  return big > narrow + little ? "utf-16be" : undefined;
}

function pairKind(first = 0, second = 0): "utf-16le" | "utf-16be" | "narrow" | "none" {
  const isFirst = SEPARATORS.has(first);
  if (!isFirst && !SEPARATORS.has(second)) return "none";
  if (isFirst && second === 0) return "utf-16le";
  return !isFirst && first === 0 ? "utf-16be" : "narrow";
}

/**
 * Latin text in Windows-1252 is valid GB18030 too ("Müller" has a character of two bytes in it), but its second bytes
 * are ordinary letters, where Chinese text lies in the square of GB 2312.
 */
function isChinese(bytes: Uint8Array): boolean {
  let square = 0;
  let other = 0;
  for (let index = 0; index < bytes.length; index += gb18030Length(bytes, index)) {
    const lead = bytes[index] ?? 0;
    if (lead < 0x80) continue;
    if (lead >= 0xa1 && lead <= 0xf7 && (bytes[index + 1] ?? 0) >= 0xa1) square++;
    // Four bytes with two digits among them are nobody's accident.
    else if (gb18030Length(bytes, index) !== 4) other++;
  }
  return square > 0 && square >= other;
}

const gb18030Length = (bytes: Uint8Array, index: number) => {
  if ((bytes[index] ?? 0) <= 0x80) return 1;
  const second = bytes[index + 1] ?? 0;
  return second >= 0x30 && second <= 0x39 ? 4 : 2;
};

/** Without the beginning of a character at the end, whose other bytes are still to come. */
export function wholeCharacters(bytes: Uint8Array, encoding: Encoding): Uint8Array {
  return bytes.subarray(0, ENDS[encoding](bytes));
}

const ENDS: Record<Encoding, (bytes: Uint8Array) => number> = {
  "utf-8": (bytes) => {
    for (let back = 1; back <= Math.min(3, bytes.length); back++) {
      const byte = bytes[bytes.length - back] ?? 0;
      if (byte < 0x80) break;
      if (byte >= 0xc0) return utf8Length(byte) > back ? bytes.length - back : bytes.length;
    }
    return bytes.length;
  },
  gb18030: (bytes) => {
    let index = 0;
    while (index < bytes.length) {
      const next = index + gb18030Length(bytes, index);
      // What a second byte makes of a lead is known only when it is here.
      if (next > bytes.length) break;
      index = next;
    }
    return index;
  },
  "utf-16le": (bytes) => utf16End(bytes, 1),
  "utf-16be": (bytes) => utf16End(bytes, 0),
};

const utf8Length = (lead: number) => (lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2);

function utf16End(bytes: Uint8Array, high: 0 | 1): number {
  const even = bytes.length - (bytes.length % 2);
  const last = even === 0 ? 0 : (bytes[even - 2 + high] ?? 0);
  return last >= 0xd8 && last < 0xdc ? even - 2 : even;
}

/** Refuses what is not of the encoding. The bytes are to be whole characters, the mark among them stays. */
export function decode(bytes: Uint8Array, encoding: Encoding): string {
  if (encoding !== "utf-8") return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  if (!isUtf8(bytes)) throw new TypeError("not UTF-8");
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString(); // half the time of TextDecoder's
}

/** Undefined: not all of it is text of the encoding. */
export function tryDecode(bytes: Uint8Array, encoding: Encoding): string | undefined {
  try {
    return decode(bytes, encoding);
  } catch {
    return undefined;
  }
}

/** Where the first character starts that is none. */
export function badCharacter(bytes: Uint8Array, encoding: Encoding): number {
  let good = 0;
  let bad = bytes.length + 1;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isBeginning(bytes.subarray(0, middle), encoding)) good = middle;
    else bad = middle;
  }
  return wholeCharacters(bytes.subarray(0, good), encoding).length;
}

function isBeginning(bytes: Uint8Array, encoding: Encoding): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
