// A data folder as a first start leaves it. Systems of tests begin with a copy of it, which spares each of them the migrations: half
// of what its start costs. That a first start makes it so is what e2e/local/runner.test.ts is about.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "@guanxi/local/places";
import { startRunner } from "../local/runner.ts";

const MADE_OF = ["services/*/src/migrations/**/*.ts", "packages/{kit,bus,local}/src/**/*.ts"];
const OF_A_LIFE = ["complete", "lock", "lock-journal", "logs", "running.json"];

/** Fills a new folder. While somebody else makes what would be copied it stays empty, and its system starts as a first one does. */
export async function prepare(folder: string): Promise<void> {
  const place = path.join(root, "node_modules/.cache/guanxi-prepared", fingerprint());
  const complete = path.join(place, "complete");
  if (!existsSync(complete) && (await firstStart(place))) writeFileSync(complete, "");
  if (!existsSync(complete)) return;
  // Not by Node: it would give root what belongs to the user as whom Postgres runs.
  execFileSync("cp", ["-a", `${place}/.`, folder]);
  for (const name of OF_A_LIFE) rmSync(path.join(folder, name), { recursive: true, force: true });
}

function fingerprint(): string {
  const hash = createHash("sha256").update(process.env.GUANXI_PG ?? "");
  for (const file of globSync(MADE_OF, { cwd: root }).sort())
    hash.update(`${file}\0`).update(readFileSync(path.join(root, file)));
  return hash.digest("hex").slice(0, 16);
}

/** False where somebody else is at it. One that was broken off is gone on with. */
async function firstStart(place: string): Promise<boolean> {
  mkdirSync(path.dirname(place), { recursive: true });
  const runner = startRunner(place);
  const ready = runner.says(/Ready in/).then(() => true);
  const refused = runner.exitCode().then(() => false);
  try {
    return await Promise.race([ready, refused]);
  } finally {
    runner.kill("SIGINT");
    await refused;
  }
}
