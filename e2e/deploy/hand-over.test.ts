// Where Compose runs the installation: the command line on the host, with a `docker` that writes down what it is asked.
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { root } from "@guanxi/local/places";
import { afterAll, expect, test } from "vitest";

const home = mkdtempSync(path.join(tmpdir(), "guanxi-hand-over-"));
const files = path.join(home, "compose.yaml");
const asked = path.join(home, "asked");
mkdirSync(path.join(home, "bin"));
writeFileSync(path.join(home, ".env"), "GUANXI_SECRET=x", { mode: 0o600 });
writeFileSync(
  path.join(home, "bin/docker"),
  `#!/bin/sh
[ "$2" = ls ] && { echo '[{"Name":"guanxi","ConfigFiles":"${files}"}]'; exit; }
{ echo "$*"; cat; } > ${asked}
exit 3
`,
  { mode: 0o755 },
);
afterAll(() => rmSync(home, { recursive: true, force: true }));

function guanxi(...words: string[]) {
  rmSync(asked, { force: true });
  const main = path.join(root, "packages/cli/src/main.ts");
  const env = { PATH: `${path.join(home, "bin")}:${process.env.PATH}`, GUANXI_DATA: home };
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--conditions=source", main, ...words], {
    env,
    cwd: home,
    input: "",
    encoding: "utf8",
    timeout: 20_000,
  });
  return { status, said: stdout + stderr };
}

const call = `compose -f ${files} run --rm -T cli`;

test("a check of an upgrade goes inside with the list that was read here, and comes back with its answer", () => {
  const list = [{ release: "9.0.0", services: { sales: [] } }];
  writeFileSync(path.join(home, "releases.json"), JSON.stringify(list));
  const { status } = guanxi("upgrade", "check", "--to", "9.0.0", "--releases", "releases.json");
  expect(status).toBe(3);
  const [words, input] = readFileSync(asked, "utf8").split("\n");
  expect(words).toBe(`${call} upgrade check --to 9.0.0 --releases -`);
  expect(JSON.parse(input!)).toEqual(list);
});

test("a list that cannot be fetched is told in a sentence", () => {
  const { status, said } = guanxi("upgrade", "check", "--to", "9.0.0", "--releases", "http://127.0.0.1:1/x");
  expect(status).toBe(1);
  expect(said).toMatch(/^http:\/\/127\.0\.0\.1:1\/x cannot be read \(.+\): fetch it where [^\n]+\n$/);
});

test("doctor is asked inside, and looks at .env before", () => {
  expect(guanxi("doctor").said).toBe("");
  expect(readFileSync(asked, "utf8")).toBe(`${call} doctor\n`);
  chmodSync(path.join(home, ".env"), 0o644);
  expect(guanxi("doctor").said).toContain(`can read it: chmod 600 ${path.join(home, ".env")}`);
});

test("a backup says what to call instead, for the container sees other folders", () => {
  const { status, said } = guanxi("backup", path.join(home, "monday"));
  expect([status, said]).toEqual([
    1,
    expect.stringContaining("docker compose run --rm cli backup /backups/"),
  ]);
});

test("who names a data folder restores into an installation of their own", () => {
  const { status, said } = guanxi("restore", path.join(home, "monday"));
  expect([status, said]).toEqual([1, expect.not.stringContaining("docker compose")]);
});
