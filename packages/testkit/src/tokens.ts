import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT } from "jose";

export const TEST_ISSUER = "urn:guanxi:test";

/** A stand for identity's keys: a real key pair, shown over HTTP, and tokens as identity signs them. */
export async function testKeys() {
  const { privateKey, publicKey } = await generateKeyPair("ES256");
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: "test", alg: "ES256", use: "sig" }] };
  const server = createServer((_req, res) =>
    res.setHeader("content-type", "application/json").end(JSON.stringify(keys)),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/keys`,
    sign: (subject: string, claims: Record<string, unknown> = {}, expires = "5m") =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid: "test" })
        .setIssuer(TEST_ISSUER)
        .setAudience("guanxi")
        .setSubject(subject)
        .setIssuedAt()
        .setExpirationTime(expires)
        .sign(privateKey),
    close: () => void server.close(),
  };
}
