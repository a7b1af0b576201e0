import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import path from "node:path";
import { Advice } from "@guanxi/local/advice";
import { readRunning } from "@guanxi/local/data-folder";
import { dataFolder } from "@guanxi/local/places";

const PATIENCE_MS = 5_000;
const OTHERS_MAY_READ = 0o004;

/**
 * Where nothing runs on the data folder but compose runs an installation on this machine, its own tools are asked: only
 * from inside are services, database and bus to be reached. False where there is none.
 */
export function handOver(words: readonly string[], input?: string): boolean {
  const files = composeFiles();
  if (!files) return false;
  warnOfOpen(path.join(path.dirname(files[0]!), ".env"));
  const where = files.flatMap((file) => ["-f", file]);
  // A terminal is asked for only where there is one to give.
  const plain = input === undefined && process.stdin.isTTY ? [] : ["-T"];
  const { status } = spawnSync("docker", ["compose", ...where, "run", "--rm", ...plain, "cli", ...words], {
    stdio: [input === undefined ? "inherit" : "pipe", "inherit", "inherit"],
    ...(input !== undefined && { input }),
  });
  process.exitCode = status ?? 1;
  return true;
}

/** What takes a folder is not handed over, for the container sees other folders than whoever calls. */
export function sayWhereInCompose(what: string): void {
  if (composeFiles())
    throw new Advice(
      `Nothing runs on ${dataFolder()}, but Compose runs an installation: docker compose run --rm cli ${what} /backups/NAME`,
    );
}

function warnOfOpen(file: string): void {
  const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0;
  if (mode & OTHERS_MAY_READ)
    console.log(`BAD .env: everybody on this machine can read it: chmod 600 ${file}`);
}

function composeFiles(): string[] | undefined {
  if (process.env.GUANXI_URL || readRunning(dataFolder())) return undefined;
  const asked = ["compose", "ls", "--format", "json", "--filter", "name=^guanxi$"];
  const { status, stdout } = spawnSync("docker", asked, { encoding: "utf8", timeout: PATIENCE_MS });
  if (status !== 0) return undefined;
  const [project] = JSON.parse(stdout) as { ConfigFiles: string }[];
  return project?.ConfigFiles.split(",");
}
