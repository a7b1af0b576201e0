import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

const DATA = join(import.meta.dirname, "../../../../shared/data");

/** Public data beside the checkout, and how a title says that it is not there. */
export function publicData(path: string) {
  const file = join(DATA, path);
  const isHere = existsSync(file);
  const read = () => (path.endsWith(".gz") ? gunzipSync(readFileSync(file)) : readFileSync(file));
  return { isHere, read, absent: isHere ? "" : ` (skipped: ../shared/data/${path} is not at hand)` };
}
