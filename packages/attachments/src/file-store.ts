import { about, ConfigFault, secret } from "@guanxi/kit/env";
import { z } from "zod";
import { folderStore } from "./folder-store.ts";
import type { FileStore } from "./port.ts";
import { s3Store } from "./s3-store.ts";

/** What a service that keeps files is told. */
export const fileSettings = {
  filesUrl: about(
    "Where attachments are kept: a folder that all replicas of the service share, or a bucket of an object store. Without it files are refused.",
    z
      .string()
      .refine((text) => ["file:", "s3:"].includes(URL.parse(text)?.protocol ?? ""))
      .describe("file:///folder or s3://bucket/prefix")
      .optional(),
  ),
  filesEndpoint: about(
    "The object store, where it is not Amazon's.",
    z
      .url({ protocol: /^https?$/ })
      .describe("an address, as in https://minio.example.com")
      .optional(),
  ),
  filesRegion: about("The region of the bucket.", z.string().default("us-east-1")),
  filesAccessKeyId: about(
    "Who the service is to the object store; without it the platform's own identity counts.",
    z.string().describe("the id of an access key").optional(),
  ),
  filesSecretAccessKey: secret(
    "The secret of that access key.",
    z.string().describe("the secret of the access key").optional(),
  ),
};

export type FileSettings = z.infer<z.ZodObject<typeof fileSettings>>;

const stores = new Map<string, FileStore>();

/** One for all who ask with the same settings; undefined where the installation keeps no files. */
export function fileStoreOf(settings: FileSettings): FileStore | undefined {
  if (!settings.filesUrl) return undefined;
  const key = JSON.stringify(settings.filesUrl + settings.filesEndpoint + settings.filesAccessKeyId);
  const known = stores.get(key);
  if (known) return known;
  const made = openStore(new URL(settings.filesUrl), settings);
  stores.set(key, made);
  return made;
}

function openStore(url: URL, settings: FileSettings): FileStore {
  const { filesAccessKeyId: id, filesSecretAccessKey: secretKey } = settings;
  if (Boolean(id) !== Boolean(secretKey))
    throw new ConfigFault([
      "FILES_ACCESS_KEY_ID and FILES_SECRET_ACCESS_KEY go together: write both, or none.",
    ]);
  if (url.protocol === "file:") return folderStore(url);
  return s3Store(url, {
    endpoint: settings.filesEndpoint,
    region: settings.filesRegion,
    ...(id && secretKey && { credentials: { accessKeyId: id, secretAccessKey: secretKey } }),
  });
}
