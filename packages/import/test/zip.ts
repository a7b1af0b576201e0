import { constants, crc32, deflateRawSync } from "node:zlib";

interface ZipPart {
  readonly name: string;
  readonly packed: Buffer;
  readonly crc: number;
  readonly size: number;
}

export function part(name: string, content: string | Buffer): ZipPart {
  const bytes = Buffer.from(content);
  return { name, packed: deflateRawSync(bytes), crc: crc32(bytes), size: bytes.length };
}

/** A part of so many MiB of one letter, made without ever holding them: deflated blocks can be strung together. */
export function bigPart(
  name: string,
  before: string,
  letter: string,
  mebibytes: number,
  after: string,
): ZipPart {
  const block = (text: string) => deflateRawSync(text, { finishFlush: constants.Z_FULL_FLUSH });
  const letters = Array.from({ length: mebibytes }, () => block(letter.repeat(2 ** 20)));
  const packed = Buffer.concat([block(before), ...letters, deflateRawSync(after)]);
  return { name, packed, crc: 0, size: before.length + mebibytes * 2 ** 20 + after.length };
}

/** `said` is the size that the directory tells, which may be a lie. */
export function zip(parts: readonly ZipPart[], said?: number): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, packed, crc, size } of parts) {
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4); // deflate
    common.writeUInt32LE(crc, 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(said ?? size, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    const file = Buffer.concat([Buffer.from("PK\x03\x04"), common, Buffer.from(name), packed]);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00"), common, place, Buffer.from(name)]));
    files.push(file);
    offset += file.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, central, end]);
}
