// `guanxi setup`, as the first container of deploy/compose.yaml runs it.
import { execFile } from "node:child_process";
import { createPublicKey, type JsonWebKey, verify } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { root } from "@guanxi/local/places";
import { services } from "@guanxi/local/services";
import { afterAll, expect, test } from "vitest";
import { setUp } from "./secured-nats.ts";

const execute = promisify(execFile);
const behind = services.filter(({ front }) => !front).map(({ name }) => name);
const made = await setUp({ GUANXI_DEPARTMENTS: "finance" });
afterAll(() => made.remove());

const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();

const contentsOf = (folder: string) =>
  Object.fromEntries(filesOf(folder).map((name) => [name, readFileSync(path.join(folder, name), "utf8")]));

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split(".")[1]!, "base64url").toString()) as {
    sub: string;
    exp: number;
    iat: number;
  };

function isSignedBy(keys: string, token: string): boolean {
  const [jwk] = (JSON.parse(keys) as { keys: JsonWebKey[] }).keys;
  const [head, body, signature] = token.split(".");
  const key = { key: createPublicKey({ key: jwk!, format: "jwk" }), dsaEncoding: "ieee-p1363" } as const;
  return verify("sha256", Buffer.from(`${head}.${body}`), key, Buffer.from(signature!, "base64url"));
}

/** Tokens are new each time. */
const isLasting = ([name]: [string, string]) => !/identity-token|service-tokens/.test(name);

test("done again it keeps every password and the issuer's keys, and renews the tokens", async () => {
  const before = contentsOf(made.folder);
  await setUp({ GUANXI_DEPARTMENTS: "finance" }, made.folder);
  const after = contentsOf(made.folder);
  expect(Object.entries(after).filter(isLasting)).toEqual(Object.entries(before).filter(isLasting));
  const { exp, iat, sub } = claimsOf(after["sales-secrets/identity-token"]!);
  expect([sub, (exp - iat) / 86_400]).toEqual(["service:sales", 365]);
  expect(Object.keys(after)).toEqual(Object.keys(before)); // nothing half-written stays behind
});

test("no password opens two doors", () => {
  const all = contentsOf(path.join(made.folder, "secrets"));
  const passwords = Object.entries(all)
    .filter(([name]) => name.endsWith("-url"))
    .map(([, url]) => new URL(url).password);
  expect(passwords).toHaveLength(4 * behind.length + 4);
  expect(new Set(passwords).size).toBe(passwords.length);
  expect(passwords.filter((each) => !/^[\w-]{32}$/.test(each))).toEqual([]);
});

test.each(behind)("%s sees what is its own, and neither owner, admin nor operator", (name) => {
  const own = contentsOf(path.join(made.folder, `${name}-secrets`));
  const expected = ["database-relay-url", "database-url", "identity-token", "nats-url"];
  const people = name === "identity" ? ["company.json", "issuer.jwks.json"] : [];
  expect(Object.keys(own)).toEqual([...people, ...expected].sort());
  const role = name.replaceAll("-", "_");
  expect(new URL(own["database-url"]!).username).toBe(`${role}_app`);
  expect(new URL(own["database-relay-url"]!).username).toBe(`${role}_relay`);
  expect(new URL(own["nats-url"]!).username).toBe(name);
  expect(Object.values(own).join()).not.toMatch(/_owner:|\/\/postgres:|operator|"d":/);
});

test.each(behind)("the migration of %s is its owner, the database's admin and the bus's operator", (name) => {
  const own = contentsOf(path.join(made.folder, `${name}-migrate-secrets`));
  const users = Object.entries(own).map(([file, url]) => [file, new URL(url).username]);
  expect(Object.fromEntries(users)).toEqual({
    "database-migrate-url": `${name.replaceAll("-", "_")}_owner`,
    "database-admin-url": "postgres",
    "nats-url": "operator",
  });
});

test("files are for those of the images' group to read, and for nobody to change", () => {
  for (const name of filesOf(made.folder))
    expect([name, statSync(path.join(made.folder, name)).mode & 0o777]).toEqual([name, 0o440]);
});

test("it says what is wrong with the secret, never what it is, and ends as a program does that is not configured", async () => {
  const cli = path.join(root, "packages/cli/src/main.ts");
  const env = { PATH: process.env.PATH, GUANXI_SECRET: "too short" };
  const running = execute(process.execPath, ["--conditions=source", cli, "setup", made.folder], { env });
  const ended = running.then(() => Promise.reject(new Error("it was content")));
  const { code, stderr } = await ended.catch((error: { code?: number; stderr?: string }) => error);
  expect(code).toBe(78);
  expect(stderr).toContain("GUANXI_SECRET is not valid: write at least 32 characters");
  expect(stderr).not.toContain("too short");
  await expect(setUp({ GUANXI_SECRET: "" })).rejects.toThrow("GUANXI_SECRET is missing: write at least 32");
});

test("another secret is refused, unless it is meant", async () => {
  const first = await setUp();
  const other = { GUANXI_SECRET: "quite another secret, and as long as that" };
  const before = contentsOf(first.folder);
  await expect(setUp(other, first.folder)).rejects.toThrow(
    "GUANXI_SECRET is not the one that this installation was made with",
  );
  expect(contentsOf(first.folder)).toEqual(before);
  await setUp(other, first.folder, { "change-secret": true });
  expect(first.read("secrets/nats-url")).not.toBe(before["secrets/nats-url"]);
  // Who has had the old installation's key is nobody in the new one, and its services are known again.
  for (const name of ["secrets/issuer.key.json", "identity-secrets/issuer.jwks.json"])
    expect(first.read(name)).not.toBe(before[name]);
  const keys = first.read("identity-secrets/issuer.jwks.json");
  expect(isSignedBy(keys, first.read("sales-secrets/identity-token"))).toBe(true);
  expect(isSignedBy(keys, before["sales-secrets/identity-token"]!)).toBe(false);
  first.remove();
});

test("a company that signs in elsewhere gets no demo people, and a department no service's name", async () => {
  expect(JSON.parse(made.read("identity-secrets/company.json"))).toMatchObject({ users: { length: 4 } });
  const demo = JSON.parse(made.read("gateway-secrets/demo-sign-in.json")) as { people: object[] };
  expect(demo).toMatchObject({ issuer: "urn:guanxi:laptop", audience: "guanxi", people: { length: 4 } });
  for (const [name, value] of [
    ["OIDC_ISSUER", "https://sso.example.com"],
    ["GUANXI_DEMO", "none"],
  ] as const) {
    const own = await setUp({ [name]: value });
    expect(own.read("identity-secrets/company.json")).toBe("");
    expect(own.read("gateway-secrets/demo-sign-in.json")).toBe("");
    own.remove();
  }
  for (const names of ["finance,sales", "operator", "Finance"])
    await expect(setUp({ GUANXI_DEPARTMENTS: names })).rejects.toThrow("GUANXI_DEPARTMENTS is not valid");
});
