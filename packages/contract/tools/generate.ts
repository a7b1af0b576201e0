// protos -> third_party/, gen/contracts.binpb, gen/ts. Does nothing when neither protos nor tools changed.
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mustBuf, packages, root } from "./buf.ts";
import { fillThirdParty } from "./third-party.ts";

const gen = join(import.meta.dirname, "../gen");
const TOOLS = [
  "@bufbuild/buf",
  "@bufbuild/protobuf",
  "@bufbuild/protovalidate",
  "google-proto-files",
  "ts-proto",
];

/** True when something was made. */
export function generate(): boolean {
  const stamp = join(gen, "stamp");
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return false;

  rmSync(gen, { recursive: true, force: true });
  mkdirSync(gen, { recursive: true });
  fillThirdParty(packages, join(root, "third_party"));
  mustBuf(root, "build", "--as-file-descriptor-set", "-o", "packages/contract/gen/contracts.binpb");
  mustBuf(root, "generate");
  writeFileSync(stamp, wanted); // last: a run that was killed is done again
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

if (import.meta.main) console.log(generate() ? "generated" : "unchanged");
