// protos -> third_party/, gen/contracts.binpb, gen/ts. Does nothing when neither protos nor tools changed.
import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { mustBuf, packages, root } from "./buf.ts";

const gen = join(import.meta.dirname, "../gen");
const TOOLS = [
  "@bufbuild/buf",
  "@bufbuild/protobuf",
  "@bufbuild/protovalidate",
  "google-proto-files",
  "ts-proto",
];

/** True when something was made. */
async function generate(): Promise<boolean> {
  const stamp = join(gen, "stamp");
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return false;

  // Beside, and moved when complete: whoever starts meanwhile finds the old one or the new one.
  const fresh = `${gen}.new`;
  rmSync(fresh, { recursive: true, force: true });
  const { fillThirdParty } = await import("./third-party.ts"); // not needed on most days, and slow to load
  fillThirdParty(packages, join(root, "third_party"));
  mustBuf(root, "generate", "--output", fresh);
  const made = join(fresh, relative(root, gen));
  mustBuf(root, "build", "--as-file-descriptor-set", "-o", join(made, "contracts.binpb"));
  writeFileSync(join(made, "stamp"), wanted); // last: a run that was killed is done again
  rmSync(gen, { recursive: true, force: true });
  renameSync(made, gen);
  rmSync(fresh, { recursive: true });
  return true;
}

function fingerprint(): string {
  const hash = createHash("sha256");
  const ours = globSync("{proto/**/*.proto,packages/contract/tools/*.ts,buf*.yaml}", { cwd: root }).sort();
  for (const path of ours) hash.update(`${path}\0`).update(readFileSync(join(root, path)));
  for (const name of TOOLS) hash.update(`${name}@${versionOf(name)}\0`);
  return hash.digest("hex");
}

function versionOf(name: string): string {
  const manifest = readFileSync(join(packages, name, "package.json"), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}

if (import.meta.main) console.log((await generate()) ? "generated" : "unchanged");
