import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createLocalJWKSet, decodeJwt, jwtVerify, type JSONWebKeySet } from "jose";
import { afterAll, expect, test } from "vitest";
import { daysLeft, openIssuer, signIdToken, writeDemoSignIn, writeServiceToken } from "./issuer.ts";

const folder = mkdtempSync(path.join(tmpdir(), "guanxi-issuer-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("an id token is proven by the published keys, which stay from start to start", async () => {
  const { keysFile, name, audience } = await openIssuer(folder);
  const published = readFileSync(keysFile, "utf8");
  const keys = JSON.parse(published) as JSONWebKeySet;
  const token = await signIdToken(folder, "lin");
  const { payload } = await jwtVerify(token, createLocalJWKSet(keys), { issuer: name, audience });
  expect(payload.sub).toBe("lin");
  await openIssuer(folder);
  expect(readFileSync(keysFile, "utf8")).toBe(published);
});

test("what is published cannot sign, and what signs is only its owner's to read", async () => {
  const { keysFile } = await openIssuer(folder);
  expect(readFileSync(keysFile, "utf8")).not.toContain('"d"');
  expect(statSync(path.join(folder, "issuer.key.json")).mode & 0o777).toBe(0o600);
});

test("what signs demo people in is only its owner's to read, and is the issuer's key", async () => {
  const { name, audience, keysFile } = await openIssuer(folder);
  const file = writeDemoSignIn(folder);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const demo = JSON.parse(readFileSync(file, "utf8")) as { key: { kid: string }; people: object[] };
  const [{ kid }] = (JSON.parse(readFileSync(keysFile, "utf8")) as { keys: [{ kid: string }] }).keys;
  expect(demo).toMatchObject({ issuer: name, audience, key: { kid, d: expect.any(String) } });
  expect(demo.people).toContainEqual({ subject: "lin", displayName: "林晓", job: "representative" });
});

test("a service's token names the service", async () => {
  const file = await writeServiceToken(folder, "customer");
  expect(decodeJwt(readFileSync(file, "utf8")).sub).toBe("service:customer");
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("it holds for a year, and one that was never written for no time that could be told", async () => {
  await writeServiceToken(folder, "customer");
  expect(daysLeft(folder, "customer")).toBe(364);
  expect(daysLeft(folder, "unknown")).toBeUndefined();
});
