import { isAscii, isUtf8 } from "node:buffer";
import { badCharacter, decode, encodingOf, markLength, tryDecode, wholeCharacters } from "./encoding.ts";
import { FileFault } from "./fault.ts";
import type { Encoding } from "./types.ts";

const PIECE = 64 * 1024;

/**
 * The text of a file, in pieces of about 64 KiB and without its byte order mark. A byte that is no text is a fault, which
 * comes after all the text before it.
 */
export async function* textOf(bytes: AsyncIterable<Uint8Array>, said: Encoding): AsyncGenerator<string> {
  const source: Source = { encoding: said, plain: said === "utf-8", offset: 0 };
  let held: Buffer = Buffer.alloc(0);
  for await (const piece of pieces(bytes)) {
    held = held.length > 0 ? Buffer.concat([held, piece]) : piece;
    const whole = wholeCharacters(held, encodingFrom(source, held));
    held = held.subarray(whole.length);
    yield* decoded(source, whole);
  }
  yield* decoded(source, held);
}

interface Source {
  encoding: Encoding;
  /** Whether all bytes so far are ASCII. */
  plain: boolean;
  offset: number;
}

/** The head in which the encoding was found may be plain ASCII: then it is known only at the first byte that is not. */
function encodingFrom(source: Source, bytes: Uint8Array): Encoding {
  if (!source.plain || isAscii(bytes)) return source.encoding;
  source.plain = false;
  if (!isUtf8(wholeCharacters(bytes, "utf-8"))) source.encoding = encodingOf(bytes, source.offset);
  return source.encoding;
}

function* decoded(source: Source, bytes: Uint8Array): Generator<string> {
  const text = bytes.subarray(source.offset === 0 ? markLength(bytes) : 0);
  const start = source.offset + bytes.length - text.length;
  source.offset += bytes.length;
  const known = tryDecode(text, source.encoding);
  if (known !== undefined) {
    yield known;
    return;
  }
  const bad = badCharacter(text, source.encoding);
  yield decode(text.subarray(0, bad), source.encoding);
  throw notText(source.encoding, start + bad);
}

export const notText = (encoding: Encoding, byte: number) =>
  new FileFault(
    "NOT_TEXT",
    `Byte ${byte} belongs to no ${encoding.toUpperCase()} text: save the file as UTF-8, or say its encoding.`,
    { byte },
  );

async function* pieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length; at += PIECE) {
      const part = chunk.subarray(at, at + PIECE);
      held.push(part);
      size += part.length;
      if (size < PIECE) continue;
      yield Buffer.concat(held);
      held = [];
      size = 0;
    }
  }
  yield Buffer.concat(held);
}
