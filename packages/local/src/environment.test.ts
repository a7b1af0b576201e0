import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { toMigrate, toServe, type Ground } from "./environment.ts";

const folder = mkdtempSync(path.join(tmpdir(), "guanxi-environment-"));
afterAll(() => rmSync(folder, { recursive: true }));

const ground: Ground = {
  folder,
  ports: { gateway: 1, "gateway-management": 2, identity: 3, "identity-management": 4, customer: 5 },
  databaseUrl: "postgres://postgres:root@127.0.0.1:9/guanxi",
  clusterPlace: folder,
  natsUrl: "nats://127.0.0.1:8",
  issuer: { name: "urn:test", audience: "guanxi", keysFile: "/keys" },
  tokenFiles: { customer: "/customer.jwt" },
  demoSignInFile: "/demo-sign-in.json",
};

test("a service serves without a superuser, as a role whose password is only its owner's to read", () => {
  const env = toServe({ name: "customer" }, ground);
  expect(JSON.stringify(env)).not.toContain("postgres:root");
  expect(env["DATABASE_URL"]).toMatch(/^postgres:\/\/customer_app:[\w-]{24}@127.0.0.1:9\/guanxi$/);
  expect(env["DATABASE_RELAY_URL"]).toContain("customer_relay:");
  expect(statSync(path.join(folder, "secrets/customer_app")).mode & 0o777).toBe(0o600);
});

test("only a migration has the superuser, and the same passwords", () => {
  const env = toMigrate({ name: "customer" }, ground);
  const { NATS_URL: _, ...served } = toServe({ name: "customer" }, ground);
  expect(env).toMatchObject(served);
  expect(env).not.toHaveProperty("NATS_URL"); // a migration does not wait for the bus
  expect(env["DATABASE_ADMIN_URL"]).toBe(ground.databaseUrl);
  expect(env["DATABASE_MIGRATE_URL"]).toContain("customer_owner:");
});

test("only the service of people trusts the laptop's issuer", () => {
  expect(toServe({ name: "identity", people: true }, ground)).toMatchObject({
    OIDC_ISSUER: "urn:test",
    OIDC_AUDIENCE: "guanxi",
    OIDC_KEYS_FILE: "/keys",
  });
  expect(toServe({ name: "customer" }, ground)).not.toHaveProperty("OIDC_ISSUER");
});

test("the gateway has no database, hears what happens, and finds every area", () => {
  const env = toServe({ name: "gateway", front: true }, ground);
  expect(Object.keys(env).filter((name) => /DATABASE|TOKEN/.test(name))).toEqual([]);
  expect(env).toMatchObject({
    HTTP_PORT: "1",
    MANAGEMENT_PORT: "2",
    CUSTOMER_GRPC_URL: "dns:///127.0.0.1:5",
    DEMO_SIGN_IN_FILE: "/demo-sign-in.json",
    OIDC_ISSUER: "",
  });
  expect(toServe({ name: "customer" }, ground)).not.toHaveProperty("DEMO_SIGN_IN_FILE");
});
