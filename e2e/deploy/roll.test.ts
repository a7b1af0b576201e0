// deploy/roll.sh with a `docker` that has files for containers: each holds its state, or its health.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { root } from "@guanxi/local/places";
import { afterAll, beforeEach, expect, test } from "vitest";
import { parse } from "yaml";

const compose = readFileSync(path.join(root, "deploy/compose.yaml"), "utf8");
const named = Object.keys((parse(compose, { merge: true }) as { services: object }).services);
const rolled = named.filter((name) => name === "gateway" || named.includes(`${name}-migrate`));

const DOCKER = `#!/bin/sh
cd "$PLACE"
echo "$*" >> ../calls
verb=$1
case $1 in compose|image) verb="$1 $2" ;; esac
for last in "$@"; do :; done
case $verb in
  "compose config") [ "$last" = --images ] && { echo "$IMAGES"; exit; }; printf '%s\\n' ${named.join(" ")} ;;
  "image inspect") [ -e "../images/$(basename "$last")" ] ;;
  "compose build"|"compose pull") touch "../images/$last:$FETCHED" ;;
  "compose ps") case " $* " in *" --all "*) ls ;; *) grep -lxE "healthy|starting" * || true ;; esac ;;
  "compose run") exit "\${MIGRATION:-0}" ;;
  "compose rm") rm -f $(grep -lxE "exited|created" *) ;;
  "compose up") eval "$UP" ;;
  inspect) cat "$last" ;;
  logs) echo "last words of $last" ;;
  stop) echo exited > "$last" ;;
  rm) rm "$last" ;;
esac
`;

const home = mkdtempSync(path.join(tmpdir(), "guanxi-roll-"));
const place = path.join(home, "containers");
for (const folder of ["bin", "images"]) mkdirSync(path.join(home, folder));
writeFileSync(path.join(home, "bin/docker"), DOCKER, { mode: 0o755 });
afterAll(() => rmSync(home, { recursive: true, force: true }));

const containers = () => readdirSync(place).sort();
const calls = () => readFileSync(path.join(home, "calls"), "utf8").trim().split("\n");

beforeEach(() => {
  for (const each of [place, path.join(home, "calls")]) rmSync(each, { recursive: true, force: true });
  mkdirSync(place);
  for (const name of rolled) writeFileSync(path.join(home, "images", `${name}:0.5.0`), "");
  for (const name of ["old1", "old2"]) writeFileSync(path.join(place, name), "healthy\n");
  writeFileSync(path.join(place, "oneoff"), "running\n");
});

const COMES = "echo healthy > new1; echo healthy > new2";

const LOCAL = { registry: "localhost/guanxi", version: "0.5.0", fetched: "0.5.1" };

function roll(service: string, { up = COMES, migration = 0, images = LOCAL } = {}) {
  const { registry, version, fetched } = images;
  const env = {
    PATH: `${path.join(home, "bin")}:${process.env.PATH}`,
    PLACE: place,
    IMAGES: ["postgres:18-alpine", ...rolled.map((name) => `${registry}/${name}:${version}`)].join("\n"),
    FETCHED: fetched,
    UP: up,
    MIGRATION: `${migration}`,
    ROLL_PATIENCE: "0",
  };
  const script = path.join(root, "deploy/roll.sh");
  const { status, stdout, stderr } = spawnSync("sh", [script, service], {
    env,
    encoding: "utf8",
    timeout: 20_000,
  });
  return { status, said: stdout + stderr };
}

test.each([...named.filter((name) => !rolled.includes(name)), "sal.s"])("%s is not rolled", (service) => {
  const { status, said } = roll(service);
  expect(status).toBe(1);
  expect(said).toMatch(/^\S+: is neither the gateway nor a service with a migration of its own/);
  expect(calls()).toEqual(["compose config --services"]);
});

test.each(rolled)("%s is rolled: the schema, the new, the old", (service) => {
  const { status, said } = roll(service);
  expect([status, said.trim().split("\n").at(-1)]).toEqual([0, `${service}: done`]);
  expect(containers()).toEqual(["new1", "new2", "oneoff"]);
  const changes = calls().filter((call) => /^compose (run|up)|^stop/.test(call));
  expect(changes.sort()).toEqual([
    ...(service === "gateway" ? [] : [`compose run --rm --no-deps -T ${service}-migrate`]),
    `compose up --detach --no-deps --no-recreate --scale ${service}=4 ${service}`,
    "stop --time 60 old1",
    "stop --time 60 old2",
  ]);
});

test.each([
  ["does not start", `${COMES}; exit 1`, "did not start"],
  ["starts in part", "echo created > new1; echo healthy > new2; exit 1", "did not start"],
  ["does not come", "true", "not 2 new ones came"],
  ["comes in part", "echo healthy > new1", "not 2 new ones came"],
  ["does not get ready", "echo healthy > new1; echo starting > new2", "not ready after 0 seconds"],
  ["is interrupted", `${COMES}; kill -TERM $PPID`, "interrupted"],
  ["is interrupted by one who leaves", `${COMES}; kill -HUP $PPID; exit 1`, "interrupted"],
])("what %s is taken away, and the old serves on", (_, up, why) => {
  const { status, said } = roll("customer", { up });
  expect(status).toBe(1);
  expect(said).toContain(`customer: ${why}: the old one serves on`);
  if (up.includes("new1")) expect(said).toContain("last words of new1");
  expect(containers()).toEqual(["old1", "old2", "oneoff"]);
});

test("what had ended is neither started again nor taken for new", () => {
  for (const state of ["exited", "created"]) writeFileSync(path.join(place, state), `${state}\n`);
  expect(roll("customer").status).toBe(0);
  expect(containers()).toEqual(["new1", "new2", "oneoff"]);
});

test.each([
  ["localhost/guanxi", "build"],
  ["registry.example.com:5000/crm", "pull"],
])("a version that is not here yet comes from %s by %s, before the migration", (registry, verb) => {
  rmSync(path.join(home, "images/sales:0.5.1"), { force: true });
  const { status, said } = roll("sales", { images: { ...LOCAL, registry, version: "0.5.1" } });
  expect([status, said]).toEqual([0, expect.stringContaining(`sales: fetching ${registry}/sales:0.5.1\n`)]);
  const changes = calls().filter((call) => /^compose (build|pull|run)/.test(call));
  expect(changes).toEqual([`compose ${verb} sales`, "compose run --rm --no-deps -T sales-migrate"]);
});

test("a version that nobody has ends it before anything is touched", () => {
  const { status, said } = roll("sales", { images: { ...LOCAL, version: "0.9.9" } });
  expect([status, said]).toEqual([
    1,
    expect.stringContaining("localhost/guanxi/sales:0.9.9 is not to be had: the old one serves on\n"),
  ]);
  expect(calls().some((call) => /^compose (run|up|rm)/.test(call))).toBe(false);
});

test("a migration that fails ends it, and promises no more than it knows", () => {
  const { status, said } = roll("customer", { migration: 1 });
  expect([status, said]).toEqual([
    1,
    expect.stringContaining("the migration failed: the old one serves on\n"),
  ]);
  expect(calls().some((call) => call.startsWith("compose up"))).toBe(false);
  expect(containers()).toEqual(["old1", "old2", "oneoff"]);
});

test("the edge has places for the new gateways beside the old", () => {
  const [, places] = /server-template gateway 1-(\d+) /.exec(
    readFileSync(path.join(root, "deploy/haproxy.cfg"), "utf8"),
  )!;
  expect(readFileSync(path.join(root, "docs/deploy.md"), "utf8")).toContain("of the gateway (four at most:");
  expect(Number(places)).toBe(2 * 4);
});
