import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { DataFolder } from "./data-folder.ts";
import { root } from "./places.ts";
import { run } from "./run.ts";

/**
 * A first start fills the demo tenant, while people look around already; GUANXI_DEMO=none leaves it empty. Once for a data
 * folder: a company that was taken away stays away.
 */
export async function fillDemoTenant(folder: DataFolder, say: (line: string) => void): Promise<void> {
  const mark = path.join(folder.path, "demo-company");
  if (process.env.GUANXI_DEMO === "none" || existsSync(mark)) return;
  say("A made-up company is moving in: two years of its customers, deals and orders.");
  const program = path.join(root, "packages/cli/src/main.ts");
  try {
    const told = await run([process.execPath, "--conditions=source", program, "seed"], root);
    writeFileSync(mark, told);
    for (const line of told.split("\n")) say(`  ${line}`);
    say("The made-up company is there. npx guanxi seed --remove takes it away again.");
  } catch (error) {
    say(`The made-up company did not move in whole. ${(error as Error).message}`);
    say("npx guanxi seed --remove takes away what is there of it, and npx guanxi seed brings it in anew.");
  }
}
