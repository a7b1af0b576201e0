import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { decodeJwt, exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from "jose";
import { people } from "./demo.ts";

// On a laptop the runner is the trusted issuer: whoever can read the key in the data folder can be anybody.
const ISSUER = "urn:guanxi:laptop";
const AUDIENCE = "guanxi";
const ALGORITHM = "ES256";
const SERVICE_TOKEN_LIFE = "365d"; // new at each start, so only who never starts anew comes to its end
const DAY_MS = 86_400_000;

export type Issuer = { name: string; audience: string; keysFile: string };

/** The key pair of a data folder, made at the first start. */
export async function openIssuer(folder: string): Promise<Issuer> {
  const { privateFile, keysFile } = filesOf(folder);
  if (!existsSync(privateFile)) {
    const { privateKey, publicKey } = await generateKeyPair(ALGORITHM, { extractable: true });
    const about = { kid: crypto.randomUUID(), alg: ALGORITHM, use: "sig" };
    const keys = { keys: [{ ...(await exportJWK(publicKey)), ...about }] };
    writeFileSync(keysFile, JSON.stringify(keys));
    writeFileSync(privateFile, JSON.stringify({ ...(await exportJWK(privateKey)), ...about }), {
      mode: 0o600,
    });
  }
  return { name: ISSUER, audience: AUDIENCE, keysFile };
}

/** Whoever has had the key is nobody any more, once identity has read the new one. */
export function forgetIssuer(folder: string): void {
  for (const file of Object.values(filesOf(folder))) rmSync(file, { force: true });
}

/** An id token that says who the bearer is. */
export const signIdToken = (folder: string, subject: string) => sign(folder, subject, AUDIENCE, "5m");

async function sign(folder: string, subject: string, audience: string, lifetime: string): Promise<string> {
  const jwk = privateKey(folder);
  return new SignJWT({})
    .setProtectedHeader({ alg: ALGORITHM, kid: jwk.kid ?? "" })
    .setIssuer(ISSUER)
    .setSubject(subject)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(lifetime)
    .sign(await importJWK(jwk, ALGORITHM));
}

const privateKey = (folder: string) => JSON.parse(readFileSync(filesOf(folder).privateFile, "utf8")) as JWK;

/** By what the gateway signs the demo people in. It holds the key, so it is as good as that. */
export const demoSignIn = (folder: string): string =>
  JSON.stringify({ key: privateKey(folder), issuer: ISSUER, audience: AUDIENCE, people });

export function writeDemoSignIn(folder: string): string {
  const file = path.join(folder, "demo-sign-in.json");
  writeFileSync(file, demoSignIn(folder), { mode: 0o600 });
  return file;
}

/** By which a service proves itself to identity, as by a projected token in Kubernetes. */
export const signServiceToken = (folder: string, service: string) =>
  sign(folder, `service:${service}`, "guanxi:services", SERVICE_TOKEN_LIFE);

export async function writeServiceToken(folder: string, service: string): Promise<string> {
  const file = serviceTokenFile(folder, service);
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, await signServiceToken(folder, service), { mode: 0o600 });
  return file;
}

/** How long identity will go on to know a service by its token; undefined where none was written. */
export function daysLeft(folder: string, service: string): number | undefined {
  const file = serviceTokenFile(folder, service);
  if (!existsSync(file)) return undefined;
  const { exp = 0 } = decodeJwt(readFileSync(file, "utf8"));
  return Math.floor((exp * 1000 - Date.now()) / DAY_MS);
}

export const serviceTokenFile = (folder: string, service: string) =>
  path.join(folder, "service-tokens", `${service}.jwt`);

function filesOf(folder: string): { privateFile: string; keysFile: string } {
  return {
    privateFile: path.join(folder, "issuer.key.json"),
    keysFile: path.join(folder, "issuer.jwks.json"),
  };
}
