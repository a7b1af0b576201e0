import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { FileStore } from "./port.ts";

interface Place {
  readonly endpoint: string | undefined;
  readonly region: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** s3://bucket/prefix, at Amazon or at whatever speaks as Amazon does. */
export function s3Store(url: URL, { endpoint, region, credentials }: Place): FileStore {
  const client = new S3Client({
    region,
    ...(credentials && { credentials }),
    ...(endpoint && { endpoint, forcePathStyle: true }), // others have no name for each bucket
    requestChecksumCalculation: "WHEN_REQUIRED", // others do not know Amazon's newer checksums
    responseChecksumValidation: "WHEN_REQUIRED",
  });
  const prefix = url.pathname.slice(1).replace(/\/?$/, "/").replace(/^\/$/, "");
  const at = (key: string) => ({ Bucket: url.host, Key: prefix + key });
  return {
    // An object is put whole, with its length: what comes is bounded, and held meanwhile.
    async write(key, pieces) {
      const held: Uint8Array[] = [];
      for await (const piece of pieces) held.push(piece);
      await client.send(new PutObjectCommand({ ...at(key), Body: Buffer.concat(held) }));
    },
    async *read(key) {
      const { Body } = await client.send(new GetObjectCommand(at(key)));
      yield* Body as AsyncIterable<Uint8Array>;
    },
    async remove(key) {
      await client.send(new DeleteObjectCommand(at(key)));
    },
  };
}
