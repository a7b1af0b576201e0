import { spawnSync } from "node:child_process";
import { readRunning } from "@guanxi/local/data-folder";
import { dataFolder } from "@guanxi/local/places";

const PATIENCE_MS = 5_000;

/**
 * Where nothing runs on the data folder but compose runs an installation on this machine, its own tools are asked: only
 * from inside are services, database and bus to be reached. False where there is none.
 */
export function handOver(...words: string[]): boolean {
  if (process.env.GUANXI_URL || readRunning(dataFolder())) return false;
  const files = composeFiles();
  if (!files) return false;
  const where = files.flatMap((file) => ["-f", file]);
  const { status } = spawnSync("docker", ["compose", ...where, "run", "--rm", "cli", ...words], {
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
  return true;
}

function composeFiles(): string[] | undefined {
  const asked = ["compose", "ls", "--format", "json", "--filter", "name=^guanxi$"];
  const { status, stdout } = spawnSync("docker", asked, { encoding: "utf8", timeout: PATIENCE_MS });
  if (status !== 0) return undefined;
  const [project] = JSON.parse(stdout) as { ConfigFiles: string }[];
  return project?.ConfigFiles.split(",");
}
