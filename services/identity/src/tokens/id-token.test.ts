import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import {
  exportJWK,
  generateKeyPair,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
  UnsecuredJWT,
} from "jose";
import { expect, onTestFinished, test } from "vitest";
import { isOurFault, keysAt, keysIn, subjectOf } from "./id-token.ts";

const now = new Date("2026-03-01T12:00:00Z");
const seconds = now.getTime() / 1000;
const claims: JWTPayload = { iss: "urn:test", aud: "guanxi", sub: "lin", iat: seconds, exp: seconds + 300 };

const ours = await generateKeyPair("ES256");
const rsa = await generateKeyPair("RS256");
const theirs = await generateKeyPair("ES256");
const jwks = {
  keys: [
    { ...(await exportJWK(ours.publicKey)), kid: "ours" },
    { ...(await exportJWK(rsa.publicKey)), kid: "rsa" },
  ],
};
const trusted = {
  issuer: "urn:test",
  audience: "guanxi",
  serviceAudience: "guanxi:services",
  keys: keysIn(JSON.stringify(jwks)),
};

const signed = (
  payload: JWTPayload,
  header: Partial<JWTHeaderParameters> = {},
  key: Parameters<SignJWT["sign"]>[0] = ours.privateKey,
) => new SignJWT(payload).setProtectedHeader({ alg: "ES256", kid: "ours", ...header }).sign(key);
const subject = async (token: string | Promise<string>) =>
  (await subjectOf(await token, trusted, now)).subject;

test("an id token of the trusted issuer tells whose it is", async () => {
  expect(await subject(signed(claims))).toBe("lin");
  expect(await subject(signed(claims, { typ: "JWT" }))).toBe("lin");
  expect(await subject(signed(claims, { alg: "RS256", kid: "rsa" }, rsa.privateKey))).toBe("lin");
  expect(await subject(signed({ ...claims, exp: seconds - 59 }))).toBe("lin");
});

test.for<[string, () => string | Promise<string>]>([
  ["another issuer", () => signed({ ...claims, iss: "urn:other" })],
  ["another audience", () => signed({ ...claims, aud: "somebody" })],
  ["no longer valid", () => signed({ ...claims, exp: seconds - 61 })],
  ["not yet valid", () => signed({ ...claims, nbf: seconds + 61 })],
  ["valid for ever", () => signed({ iss: "urn:test", aud: "guanxi", sub: "lin" })],
  ["nobody's", () => signed({ ...claims, sub: "" })],
  ["an access token", () => signed(claims, { typ: "at+jwt" })],
  ["another's key under our name", () => signed(claims, {}, theirs.privateKey)],
  ["an unknown key", () => signed(claims, { kid: "theirs" }, theirs.privateKey)],
  ["without a signature", () => new UnsecuredJWT(claims).encode()],
  [
    "signed with the public key as a secret",
    () => signed(claims, { alg: "HS256" }, new TextEncoder().encode(JSON.stringify(jwks.keys[0]).padEnd(64))),
  ],
  ["no token at all", () => "x.y.z"],
])("a token that is %s is refused", async ([, make]) => {
  const error = await subject(make()).catch((each: unknown) => each);
  expect(error).toBeInstanceOf(Error);
  expect(isOurFault(error)).toBe(false);
});

const cluster = await generateKeyPair("RS256");
const clusterKeys = { keys: [{ ...(await exportJWK(cluster.publicKey)), kid: "cluster" }] };
const platform = {
  issuer: "https://kubernetes.test",
  keys: keysIn(JSON.stringify(clusterKeys)),
  services: new Map([["system:serviceaccount:crm:guanxi-sales", "sales"]]),
};
const account: JWTPayload = {
  ...claims,
  iss: platform.issuer,
  aud: "guanxi:services",
  sub: "system:serviceaccount:crm:guanxi-sales",
};
const ofCluster = (payload: JWTPayload, key = cluster.privateKey) =>
  signed(payload, { alg: "RS256", kid: "cluster" }, key);
const proven = async (token: Promise<string>) => subjectOf(await token, { ...trusted, platform }, now);

test("a platform's own name for a service is taken for the service", async () => {
  expect(await proven(ofCluster(account))).toEqual({ subject: "service:sales", isService: true });
  expect(await proven(signed(claims))).toEqual({ subject: "lin", isService: false });
});

test.for<[string, () => Promise<string>]>([
  ["somebody else's", () => ofCluster({ ...account, sub: "system:serviceaccount:crm:default" })],
  ["for people", () => ofCluster({ ...account, aud: "guanxi" })],
  ["for the cluster", () => ofCluster({ ...account, aud: "https://kubernetes.test" })],
  ["signed by another", () => ofCluster(account, rsa.privateKey)],
  ["signed by the people's issuer", () => signed(account)],
  [
    "the people's issuer's word for a service",
    () => signed({ ...claims, aud: "guanxi:services", sub: "service:sales" }),
  ],
])("a platform's token that is %s is refused", async ([, make]) => {
  const error = await proven(make()).catch((each: unknown) => each);
  expect(error).toBeInstanceOf(Error);
  expect(isOurFault(error)).toBe(false);
});

test("keys that only an authenticated caller is given are asked for with the token that is in the file then", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "keys-"));
  const file = path.join(folder, "token");
  const asked: unknown[] = [];
  const server = createServer((req, res) => {
    asked.push(req.headers.authorization);
    if (req.headers.authorization === "Bearer second") res.end(JSON.stringify(clusterKeys));
    else res.writeHead(401).end();
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });
  const { port } = server.address() as AddressInfo;
  const there = { ...platform, keys: keysAt(`http://127.0.0.1:${port}/keys`, file) };
  const once = async () => subjectOf(await ofCluster(account), { ...trusted, platform: there }, now);
  await writeFile(file, "first\n");
  expect(isOurFault(await once().catch((each: unknown) => each))).toBe(true);
  await writeFile(file, "second\n");
  expect(await once()).toEqual({ subject: "service:sales", isService: true });
  expect(asked).toEqual(["Bearer first", "Bearer second"]);
});

test("whatever is sent as a token, it is the token's fault", async () => {
  const token = await signed(claims);
  const headers = fc.json().map((header) => `${Buffer.from(header).toString("base64url")}.e30.AAAA`);
  // Not in the last place, where some bits of base64 mean nothing.
  const spoilt = fc
    .tuple(fc.nat(token.length - 2), fc.constantFrom("A", "_", ".", "é", ""))
    .map(([at, other]) => token.slice(0, at) + other + token.slice(at + 1));
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), headers, spoilt), async (sent) => {
      fc.pre(sent !== token);
      expect(isOurFault(await subject(sent).catch((each: unknown) => each))).toBe(false);
    }),
  );
});

test("keys that cannot be had are not the token's fault", async () => {
  const away = { ...trusted, keys: keysAt("http://127.0.0.1:9/keys") };
  const error = await subjectOf(await signed(claims), away, now).catch((each: unknown) => each);
  expect(isOurFault(error)).toBe(true);
});
