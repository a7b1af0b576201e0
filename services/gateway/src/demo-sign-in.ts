// Signing in as one of the demo people, where this installation is its own issuer: on a laptop, or to try the system out.
import type { IncomingMessage } from "node:http";
import { status } from "@grpc/grpc-js";
import { importJWK, SignJWT, type JWK } from "jose";
import { z } from "zod";
import { badRequest, Refused } from "./refused.ts";

const person = z.object({ subject: z.string(), displayName: z.string(), job: z.string() });
const schema = z.object({
  /** The issuer's private key, as a JWK. */
  key: z.object({ kty: z.string(), alg: z.string(), kid: z.string() }).loose(),
  issuer: z.string(),
  audience: z.string(),
  people: z.array(person).min(1),
});

export interface DemoSignIn {
  readonly people: readonly z.infer<typeof person>[];
  /** An id token of one of them, for a request that names this machine. */
  idToken(req: Pick<IncomingMessage, "headers">, subject: string): Promise<string>;
}

const LIFE = "1m"; // it is used at once

export function demoSignIn(text: string | undefined, publicUrl: string | undefined): DemoSignIn | undefined {
  if (!text) return undefined;
  const { key, issuer, audience, people } = parsed(text);
  return {
    people,
    async idToken({ headers }, subject) {
      if (!isOwnHost(headers.host, publicUrl)) throw strangeHost();
      if (!people.some((each) => each.subject === subject)) throw nobody();
      return new SignJWT({})
        .setProtectedHeader({ alg: key.alg, kid: key.kid })
        .setIssuer(issuer)
        .setSubject(subject)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime(LIFE)
        .sign(await importJWK(key as JWK, key.alg));
    },
  };
}

export function isDemoSignIn(text: string): boolean {
  try {
    parsed(text);
    return true;
  } catch {
    return false;
  }
}

const parsed = (text: string) => schema.parse(JSON.parse(text));

/**
 * Somebody's web page may have its own name lead to this machine, and then it is of the same origin as what answers there. It
 * cannot have the browser name another host than its own.
 */
function isOwnHost(host: string | undefined, publicUrl: string | undefined): boolean {
  const name = URL.parse(`http://${host}`)?.hostname ?? "";
  if (publicUrl && name === new URL(publicUrl).hostname) return true;
  return /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(name);
}

const strangeHost = () =>
  new Refused({
    code: status.PERMISSION_DENIED,
    reason: "STRANGE_HOST",
    message: "Demo people sign in at 127.0.0.1 or localhost, or at the address that PUBLIC_URL names.",
    violations: [],
  });

const nobody = () => badRequest([{ field: "person", description: "is none of the demo people" }]);
