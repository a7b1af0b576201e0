import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { about, settings } from "@guanxi/kit/env";
import { listSettings } from "@guanxi/kit/settings-list";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { exampleOf, variablesOf } from "./env-example.ts";
import { listings, pageOf, settingsByService, telemetry } from "./settings-page.ts";

const COMPOSE = readFileSync("deploy/compose.yaml", "utf8");
const all = await listings();
const every = all.flatMap(({ settings }) => settings);

/** What stands there, after UPDATE=1 has written it anew. */
function written(path: string, text: string): string {
  if (process.env.UPDATE) writeFileSync(path, text);
  return readFileSync(path, "utf8");
}

test("docs/settings.md says what the programs hold their settings against", () => {
  const page = pageOf(all);
  expect(written("docs/settings.md", page), "write it anew: UPDATE=1 npm test -- settings").toBe(page);
});

test(".env.example has what compose.yaml asks for, no more and no less", () => {
  const example = exampleOf(COMPOSE, all);
  const found = written("deploy/.env.example", example);
  expect(found, "write it anew: UPDATE=1 npm test -- settings").toBe(example);
  const named = Array.from(found.matchAll(/^(?:# )?([A-Z]\w*)=/gm), ([, name]) => name!);
  expect(new Set(named)).toEqual(new Set(variablesOf(COMPOSE).map(({ name }) => name)));
  expect(new Set(named).size).toBe(named.length);
  expect(variablesOf(COMPOSE).filter(({ required }) => required)).toMatchObject([{ name: "GUANXI_SECRET" }]);
});

test("a variable that nobody describes is told", () => {
  expect(() => exampleOf(`${COMPOSE}\n  - \${GUANXI_COLOUR:-red}`, all)).toThrow(/GUANXI_COLOUR/);
});

test("what compose.yaml asks for is found inside of other things, and not in comments", () => {
  const compose =
    "a: ${ZERO:-0} ${ONE:-1}\n# ${TWO}\nb: ${THREE:+${FOUR:?say}}\nc: $${FIVE}\nd: ${SIX:?say}\ne: ${SEVEN:-${ONE:+7}}";
  expect(variablesOf(compose)).toEqual([
    { name: "ZERO", fallback: "0", required: false },
    { name: "ONE", fallback: "", required: false }, // it switches something on
    { name: "THREE", fallback: "", required: false },
    { name: "FOUR", fallback: "", required: false },
    { name: "SIX", fallback: "", required: true },
    { name: "SEVEN", fallback: "", required: false },
  ]);
});

test("every setting says what it is for", () => {
  expect(every.length).toBeGreaterThan(40);
  expect(every.filter(({ what }) => !/^[A-Z`].+[.;]$/.test(what)).map(({ name }) => name)).toEqual([]);
});

test("what opens doors is marked as a secret, and nothing else is", () => {
  const opening =
    /^(DATABASE_\w*URL|NATS_URL|SMTP_URL|TRACKING_KEYS|DEMO_SIGN_IN|\w*(SECRET|SECRET_ACCESS_KEY|PASSWORD|PRIVATE_KEY|TOKEN))$/;
  const wrong = every.filter(({ name, secret }) => secret !== opening.test(name));
  expect(wrong.map(({ name }) => name)).toEqual([]);
});

test("a listed setting is what the program reads", () => {
  const schema = z.object({
    maxRows: about("As many.", z.string().default("5")),
    theKey: z.string().describe("the key"),
  });
  expect(listSettings(schema)).toEqual([
    { name: "MAX_ROWS", what: "As many.", write: "a text", fallback: "5", required: false, secret: false },
    { name: "THE_KEY", what: "", write: "the key", fallback: "", required: true, secret: false },
  ]);
  expect(settings(schema, { THE_KEY: "k" })).toEqual({ maxRows: "5", theKey: "k" });
});

test("compose.yaml tells each service what it knows, and all that it must know", async () => {
  const { services } = parse(COMPOSE, { merge: true }) as {
    services: Record<string, { environment: Record<string, unknown> }>;
  };
  for (const [service, list] of await settingsByService()) {
    const told = Object.keys(services[service]!.environment);
    const names = [...list, ...telemetry].map(({ name }) => name);
    const given = told.map((name) => (names.includes(name) ? name : name.replace(/_FILE$/, "")));
    expect([service, given.filter((name) => !names.includes(name))]).toEqual([service, []]);
    const missing = list.filter(({ name, required }) => required && !given.includes(name));
    expect([service, missing.map(({ name }) => name)]).toEqual([service, []]);
  }
});

const GROUND = {
  DATABASE_URL: "postgres://h/d",
  DATABASE_RELAY_URL: "postgres://h/d",
  NATS_URL: "nats://h",
  OIDC_ISSUER: "https://sign-in.example.com",
};
const KEYS = { ...GROUND, OIDC_KEYS_URL: "https://sign-in.example.com/keys" };

test.each([
  [
    "what is missing",
    "gateway",
    { HTTP_PORT: "x" },
    78,
    /HTTP_PORT is not valid[^]*CUSTOMER_GRPC_URL is missing/,
  ],
  ["what does not go together", "identity", GROUND, 78, /OIDC_KEYS_FILE is missing/],
  [
    "what looks misspelt",
    "identity",
    { ...KEYS, LOGLEVEL: "info" },
    0,
    /^LOGLEVEL .* is LOG_LEVEL meant\?\ncomplete\n$/,
  ],
])("check-config says %s", (_, service, env, status, text) => {
  const args = ["--conditions=source", `services/${service}/src/main.ts`, "check-config"];
  const ended = spawnSync(process.execPath, args, { env, encoding: "utf8", timeout: 30_000 });
  expect(ended).toMatchObject({ status });
  expect(ended.stdout + ended.stderr).toMatch(text);
});
