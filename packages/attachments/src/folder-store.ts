import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FileStore } from "./port.ts";

/** Keys are made of ids and slashes, so that they are paths as they are. */
export function folderStore(url: URL): FileStore {
  const folder = fileURLToPath(url);
  return {
    async write(key, pieces) {
      const path = join(folder, key);
      const part = `${path}.${randomUUID()}.part`;
      await mkdir(dirname(path), { recursive: true, mode: 0o750 });
      try {
        const file = await open(part, "wx", 0o640);
        try {
          for await (const piece of pieces) await file.write(piece);
          await file.sync(); // the row that says it is there is committed after
        } finally {
          await file.close();
        }
        await rename(part, path);
      } catch (error) {
        await rm(part, { force: true });
        throw error;
      }
    },
    read: (key) => createReadStream(join(folder, key)),
    remove: (key) => rm(join(folder, key), { force: true }),
  };
}
