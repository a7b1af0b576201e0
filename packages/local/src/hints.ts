import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { DataFolder } from "./data-folder.ts";
import { people } from "./demo.ts";
import { root } from "./places.ts";
import { seconds } from "./table.ts";

// When `npm start` was typed, by the bootstrap's clock: an installation counts.
const began = Number(process.env.GUANXI_BEGAN ?? Date.now());

/** What to do next, once everything is ready. */
export function hints(folder: DataFolder, gateway: string): string[] {
  const here = (name: string) => (name.startsWith(root) ? path.relative(process.cwd(), name) || "." : name);
  const elsewhere = folder.path === path.join(root, ".guanxi") ? "" : `GUANXI_DATA=${folder.path} `;
  const others = people.map(({ subject, displayName, job }) => `${subject} (${displayName}, ${job})`);
  return [
    `${noteTime(folder, Date.now() - began)}. Ctrl-C stops it; the data stays.`,
    "",
    `Open      ${gateway}`,
    `API       ${gateway}/openapi.json`,
    `Token     ${elsewhere}npx guanxi token --as lin`,
    `People    ${others.join(", ")}`,
    `Data      ${here(folder.path)}, logs ${here(folder.logs)}`,
  ];
}

// How long the first start on this folder took, to compare with.
function noteTime(folder: DataFolder, taken: number): string {
  const file = path.join(folder.path, "first-start");
  if (existsSync(file))
    return `Ready in ${seconds(taken)} (the first time ${seconds(Number(readFileSync(file, "utf8")))})`;
  writeFileSync(file, String(taken));
  return `Ready in ${seconds(taken)}`;
}
