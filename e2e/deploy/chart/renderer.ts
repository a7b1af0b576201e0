// The program that renders charts, built once from render.go by Debian's Go and Debian's Sprig: Helm itself is in no place from
// which this project takes anything. apt checks what it fetches against Debian's signed lists; nothing is installed, nobody is root.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { toolsFolder } from "@guanxi/local/places";

const SOURCE = path.join(import.meta.dirname, "render.go");
const PACKAGES = ["golang-go", "golang-github-masterminds-sprig-dev", "golang-k8s-sigs-yaml-dev"];

export function findRenderer(): string {
  const built = path.join(toolsFolder(), `render-chart-${hash(readFileSync(SOURCE))}`);
  if (!existsSync(built)) build(built);
  return built;
}

const hash = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex").slice(0, 12);

function build(target: string): void {
  const work = mkdtempSync(path.join(toolsFolder(), "go-"));
  try {
    const unpacked = fetch(work);
    const made = path.join(work, "render");
    run(goIn(unpacked), ["build", "-trimpath", "-o", made, SOURCE], {
      ...rootIn(unpacked),
      GOPATH: ["", unpacked].map((root) => path.join(root, "/usr/share/gocode")).join(path.delimiter),
      GOCACHE: path.join(work, "cache"),
      GO111MODULE: "off", // Debian's libraries lie in a GOPATH
      GOTOOLCHAIN: "local",
      CGO_ENABLED: "0",
    });
    renameSync(made, target); // at once, since others may be looking
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** What is not installed already, with all that it needs. */
function fetch(work: string): string {
  const own = ["State::Lists", "Cache"].flatMap((what) => ["-o", `Dir::${what}=${path.join(work, what)}`]);
  const apt = (args: string[], options: string[] = []) =>
    run("apt-get", ["-o", "APT::Sandbox::User=root", ...options, ...args], {}, work);
  const take = (options: string[]) => {
    const plan = apt(["install", "--simulate", "--no-install-recommends", ...PACKAGES], options);
    const names = [...plan.matchAll(/^Inst (\S+)/gm)].map(([, name]) => name!);
    if (names.length > 0) apt(["download", ...names], options);
  };
  try {
    take([]);
  } catch {
    apt(["update"], own); // a machine without lists gets private ones
    take(own);
  }
  const unpacked = path.join(work, "unpacked");
  for (const file of readdirSync(work).filter((name) => name.endsWith(".deb")))
    run("dpkg-deb", ["-x", path.join(work, file), unpacked]);
  return unpacked;
}

function rootIn(unpacked: string): Record<string, string> {
  const lib = path.join(unpacked, "usr/lib");
  const go = existsSync(lib) && readdirSync(lib).find((name) => /^go-\d/.test(name));
  return go ? { GOROOT: path.join(lib, go) } : {};
}

function goIn(unpacked: string): string {
  const { GOROOT } = rootIn(unpacked);
  return GOROOT ? path.join(GOROOT, "bin/go") : "go";
}

function run(command: string, args: string[], env: Record<string, string> = {}, cwd?: string): string {
  const done = spawnSync(command, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: "utf8",
    maxBuffer: 2 ** 26,
    timeout: 600_000,
  });
  if (done.status === 0) return done.stdout;
  throw new Error(
    `${command} did not succeed (the chart's renderer is built on Debian 12 or later): ${done.error ?? done.stderr}`,
  );
}
