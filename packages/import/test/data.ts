import { existsSync } from "node:fs";
import { join } from "node:path";

const DATA = join(import.meta.dirname, "../../../../shared/data");

/** A folder of data that others wrote, which is read where it lies and never copied. */
export function sharedData(name: string) {
  const folder = join(DATA, name);
  const isHere = existsSync(folder);
  return { folder, isHere, absent: isHere ? "" : ` (skipped: ../shared/data/${name} is not at hand)` };
}
