import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { root } from "@guanxi/local/places";
import { services } from "@guanxi/local/services";
import { afterAll, expect, test, vi } from "vitest";
import { processesOf } from "./processes.ts";
import { startRunner } from "./runner.ts";

// One story, told in order on one data folder: a first start, accidents, an end, a second start, a murder.
const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "guanxi-runner-")));
const LONG = 120_000;
let runner = startRunner(folder);

afterAll(async () => {
  runner.kill("SIGINT");
  await nobodyLeft();
  rmSync(folder, { recursive: true, force: true });
});

function nobodyLeft(): Promise<void> {
  return vi.waitFor(() => expect(processesOf(folder)).toEqual([]), { timeout: 30_000, interval: 100 });
}

const program = path.join(root, "packages/cli/src/main.ts");
const env = { ...process.env, GUANXI_DATA: folder };
const guanxi = (...args: string[]) =>
  execFileSync(process.execPath, ["--conditions=source", program, ...args], {
    env,
    encoding: "utf8",
    stdio: "pipe",
  });
const tried = (...args: readonly string[]) =>
  spawnSync(process.execPath, ["--conditions=source", program, ...args], {
    env,
    encoding: "utf8",
    timeout: 30_000,
  });

async function health(name: string): Promise<number> {
  const port = runner.running().ports[`${name}-management`];
  return (await fetch(`http://127.0.0.1:${port}/health/ready`)).status;
}

test("a first start raises Postgres, NATS and every service, and says where to go", {
  timeout: LONG,
}, async () => {
  await runner.says(/Ready in/);
  expect(await Promise.all(services.map(({ name }) => health(name)))).toEqual(services.map(() => 200));
  expect(runner.text()).toContain(`${guanxi("url").trim()}/openapi.json`);
  expect(runner.text()).toContain("npx guanxi token --as lin");
});

test("each of the demo people gets a token of the demo tenant, a stranger none", async () => {
  const tenants = ["lin", "chen", "wang", "zhao"].map(
    (name) => claims(guanxi("token", "--as", name)).tenant_id,
  );
  expect(tenants[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(new Set(tenants).size).toBe(1);
  expect(() => guanxi("token", "--as", "nobody")).toThrow("nobody gets no token");
});

function claims(token: string): Record<string, unknown> {
  const part = token.split(".")[1] ?? "";
  return JSON.parse(Buffer.from(part, "base64url").toString()) as Record<string, unknown>;
}

test("what a newcomer gets wrong is said in a sentence, without a stack", { timeout: LONG }, () => {
  const file = (name: string, text: string) => {
    writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  };
  const [other, empty] = [file("other.csv", "a,b\n1,2\n"), file("empty.csv", "")];
  for (const [args, says] of [
    [["import", "nowhere.csv", "--kind", "user"], "nowhere.csv cannot be read."],
    [["import", folder, "--kind", "customer"], "cannot be read."],
    [["import", empty, "--kind", "user"], "The file is empty."],
    [["import", other, "--kind", "customer"], "Say --map column=field. The fields of customer: external_id,"],
    [["import", other, "--kind", "customer", "--map", "a=colour"], "is no field: colour"],
    [["import", other, "--kind", "customer", "--system", "My CRM"], "import.source_system"],
    [["events", "tial"], "Say npx guanxi events tail."],
    [["events", "tail", "--from", "x"], '"x" is no place in the stream'],
  ] as const) {
    const { status, stderr } = tried(...args);
    expect([args, status, stderr]).toEqual([args, 1, expect.stringContaining(says)]);
    expect(stderr).not.toMatch(/^ +at /m);
  }
});

test("what somebody imported is not taken away with the made-up company", { timeout: LONG }, () => {
  const own = path.join(folder, "own.csv");
  writeFileSync(own, "name\nMy first customer\n");
  guanxi("import", own, "--kind", "customer", "--system", "demo");
  expect(guanxi("seed", "--remove")).toContain("There is no demo company here.");
});

test("a second runner on the folder is refused with a sentence", async () => {
  const second = startRunner(folder);
  expect(await second.exitCode()).toBe(1);
  expect(second.text()).toMatch(/^Already running on .+ Stop it there with Ctrl-C, or start .+\n$/);
});

test.each(["customer", "nats", "postgres"])(
  "a killed %s comes back, and all are ready again",
  { timeout: LONG },
  async (name) => {
    const before = runner.running().children[name]?.pid ?? 0;
    process.kill(before, "SIGKILL");
    await runner.says(new RegExp(`${name} +ready +127`), 2);
    expect(runner.running().children[name]?.pid).not.toBe(before);
    for (const { name } of services)
      await vi.waitFor(async () => expect(await health(name)).toBe(200), { timeout: 60_000, interval: 100 });
  },
);

test("Ctrl-C ends all", { timeout: LONG }, async () => {
  runner.kill("SIGINT");
  expect(await runner.exitCode()).toBe(0);
  expect(runner.text()).toMatch(/SIGINT: stopped in/);
  await nobodyLeft();
});

test("the next start finds its data and has nothing to migrate", { timeout: LONG }, async () => {
  runner = startRunner(folder);
  await runner.says(/Ready in .+ \(the first time/);
  expect(runner.text()).not.toContain("preparing");
  expect(claims(guanxi("token")).name).toBe("林晓");
});

test("a killed runner leaves nobody behind", { timeout: LONG }, async () => {
  expect(processesOf(folder).length).toBeGreaterThan(services.length + 2);
  runner.kill("SIGKILL");
  await nobodyLeft();
});
