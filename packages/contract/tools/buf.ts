import { spawnSync } from "node:child_process";
import { delimiter, dirname, join } from "node:path";

/** The folder of the whole project. */
export const root = join(import.meta.dirname, "../../..");
/** Where this package's dependencies lie. */
export const packages = join(import.meta.dirname, "../node_modules");

export interface Outcome {
  ok: boolean;
  output: string;
}

/** Runs buf in `cwd`, with this Node and the local plugins on its PATH. */
export function buf(cwd: string, ...args: string[]): Outcome {
  const bin = join(packages, ".bin");
  const path = [bin, dirname(process.execPath), process.env.PATH].join(delimiter);
  const run = spawnSync(join(bin, "buf"), args, {
    cwd,
    env: { ...process.env, PATH: path },
    encoding: "utf8",
  });
  if (run.error) throw run.error;
  return { ok: run.status === 0, output: run.stdout + run.stderr };
}

export function mustBuf(cwd: string, ...args: string[]): void {
  const { ok, output } = buf(cwd, ...args);
  if (!ok) throw new Error(`buf ${args.join(" ")}\n${output}`);
}
