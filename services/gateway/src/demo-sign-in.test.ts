import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, jwtVerify } from "jose";
import { expect, test } from "vitest";
import { demoSignIn, isDemoSignIn } from "./demo-sign-in.ts";

const pair = await generateKeyPair("ES256", { extractable: true });
const key = { ...(await exportJWK(pair.privateKey)), kid: "laptop", alg: "ES256" };
const people = [{ subject: "lin", displayName: "林晓", job: "representative" }];
const text = JSON.stringify({ key, issuer: "urn:guanxi:laptop", audience: "guanxi", people });
const at = (host?: string) => ({ headers: host === undefined ? {} : { host } });

test("it signs for its people, for a minute", async () => {
  const token = await demoSignIn(text, undefined)!.idToken(at("127.0.0.1:8080"), "lin");
  await jwtVerify(token, pair.publicKey, { issuer: "urn:guanxi:laptop", audience: "guanxi" });
  const { sub, iat, exp } = decodeJwt(token);
  expect([sub, exp! - iat!]).toEqual(["lin", 60]);
  expect(decodeProtectedHeader(token)).toEqual({ alg: "ES256", kid: "laptop" });
});

test.for(["chen", "service:sales", "", "LIN"])("it signs for nobody else: %j", async (subject) => {
  const asking = demoSignIn(text, undefined)!.idToken(at("localhost"), subject);
  await expect(asking).rejects.toMatchObject({ failure: { reason: "INVALID_REQUEST" } });
});

test.for([
  "localhost",
  "localhost:8080",
  "LOCALHOST:1",
  "a.localhost",
  "127.0.0.1:1",
  "127.8.8.8",
  "[::1]:8080",
])("%s is this machine", async (host) => {
  await expect(demoSignIn(text, undefined)!.idToken(at(host), "lin")).resolves.toBeTypeOf("string");
});

test.for([
  "evil.example",
  "evil.example:8080",
  "127.0.0.1.evil.example",
  "localhost.evil.example",
  "192.168.0.9:8080",
  "",
  undefined,
])("DNS rebinding: whoever names the host %s is refused", async (host) => {
  const asking = demoSignIn(text, undefined)!.idToken(at(host), "lin");
  await expect(asking).rejects.toMatchObject({ failure: { reason: "STRANGE_HOST" } });
});

test("the address that people know is a host of ours", async () => {
  const demo = demoSignIn(text, "https://crm.example.com")!;
  await expect(demo.idToken(at("crm.example.com"), "lin")).resolves.toBeTypeOf("string");
  await expect(demo.idToken(at("evil.example.com"), "lin")).rejects.toThrow("Demo people sign in at");
});

test("without the setting there is nobody to sign in as; half of one is noticed", () => {
  expect(demoSignIn(undefined, undefined)).toBeUndefined();
  expect(isDemoSignIn(text)).toBe(true);
  for (const broken of ["{", "{}", JSON.stringify({ key, people, issuer: "x" })])
    expect(isDemoSignIn(broken)).toBe(false);
});
