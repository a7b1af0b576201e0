// The uploaded file: pieces in the database, written and read a few at a time.
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";

/** Runs a question in a transaction of its own. */
export type InTransaction = <T>(work: (at: At) => Promise<T>) => Promise<T>;

export const CHUNK_BYTES = 256 * 1024;
const AT_ONCE = 8;

export function writeChunks(
  at: At,
  { importId, uploadId }: { importId: string; uploadId: string },
  first: number,
  chunks: readonly Buffer[],
): void {
  at.tell({
    name: "import_chunks insert",
    text: `insert into import_chunks (import_id, upload_id, number, bytes)
      select $1, $2, * from unnest($3::int[], $4::bytea[])`,
    values: [importId, uploadId, chunks.map((_, index) => first + index), chunks],
  });
}

export interface FileSource {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Bytes given out so far. */
  readonly given: () => bigint;
}

/** The file from its beginning; what has not been asked for is not read. */
export function readChunks(uploadId: string, ask: InTransaction): FileSource {
  let given = 0n;
  async function* pieces() {
    for (let from = 0; ; from += AT_ONCE) {
      const chunks = await ask((at) => chunksFrom(at, uploadId, from));
      for (const bytes of chunks) {
        given += BigInt(bytes.length);
        yield bytes;
      }
      if (chunks.length < AT_ONCE) return;
    }
  }
  return { bytes: pieces(), given: () => given };
}

async function chunksFrom(at: At, uploadId: string, from: number): Promise<Buffer[]> {
  const rows = await named<{ bytes: Buffer }>(at, {
    name: "import_chunks read",
    text: `select bytes from import_chunks
      where upload_id = $1 and number >= $2 and number < $2 + ${AT_ONCE} order by number`,
    values: [uploadId, from],
  });
  return rows.map(({ bytes }) => bytes);
}

export async function countChunks(at: At, uploadId: string): Promise<number> {
  const [row] = await named<{ count: number }>(at, {
    name: "import_chunks count",
    text: "select count(*)::int as count from import_chunks where upload_id = $1",
    values: [uploadId],
  });
  return row!.count;
}
