// Makes the contract's code once more, elsewhere, and compares: a hand-made change to it, or an input that the
// generator's fingerprint forgets, shows here.
import { spawnSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

const GENERATED = "packages/contract/gen";
const bin = join(process.cwd(), "packages/contract/node_modules/.bin");

const fresh = mkdtempSync(join(tmpdir(), "guanxi-generated-"));
try {
  buf("generate", "--output", fresh);
  const again = join(fresh, GENERATED);
  buf("build", "--as-file-descriptor-set", "-o", join(again, "contracts.binpb"));
  const differing = differences(GENERATED, again);
  for (const path of differing) console.log(`differs from what the protos say: ${join(GENERATED, path)}`);
  if (differing.length > 0)
    console.log("Run `npm run generate`; if that does not help, remove packages/contract/gen first.");
  process.exitCode = differing.length > 0 ? 1 : 0;
} finally {
  rmSync(fresh, { recursive: true });
}

function buf(...args: string[]): void {
  const env = { ...process.env, PATH: [bin, process.env.PATH].join(delimiter) };
  const { status, stderr } = spawnSync(join(bin, "buf"), args, { env, encoding: "utf8" });
  if (status !== 0) throw new Error(`buf ${args.join(" ")}: ${stderr}`);
}

function differences(here: string, there: string): string[] {
  const paths = new Set([...filesIn(here), ...filesIn(there)]);
  return [...paths].filter((path) => !same(join(here, path), join(there, path)));
}

/** Less the fingerprint, which tells of the inputs. */
function filesIn(folder: string): string[] {
  const isFile = (path: string) => path !== "stamp" && statSync(join(folder, path)).isFile();
  return globSync("**/*", { cwd: folder }).filter(isFile);
}

function same(one: string, other: string): boolean {
  const read = (path: string) => readFileSync(path);
  try {
    return read(one).equals(read(other));
  } catch {
    return false; // one of them does not exist
  }
}
