import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { promisify } from "node:util";
import { openContext, settingsOf } from "@guanxi/bus/start";
import {
  ExchangeTokenRequest,
  type ExchangeTokenResponse,
  TokenServiceService,
} from "@guanxi/contract/guanxi/identity/v1/token_service";
import { settings } from "@guanxi/kit/env";
import { createLog } from "@guanxi/kit/log";
import type { Rpc } from "@guanxi/testkit/calls";
import { startService } from "@guanxi/testkit/service";
import { TEST_ISSUER } from "@guanxi/testkit/tokens";
import { exportJWK, generateKeyPair, type JWTHeaderParameters, type JWTPayload, SignJWT } from "jose";
import { identity } from "../src/app.ts";
import { type Provisioned, provision, type Wanted } from "../src/provision.ts";

export const ISSUER = "https://login.example.com";
export const ALL = [{ resource: "*", action: "*" }];
const EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";

type Signing = Parameters<SignJWT["sign"]>[0];
export type IdToken = { claims?: JWTPayload; header?: Partial<JWTHeaderParameters>; key?: Signing };

/** Identity as it runs in an installation, whose issuer is a key pair of this test. */
export async function startIdentity() {
  const pair = await generateKeyPair("ES256", { extractable: true });
  const jwks = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: "enterprise", alg: "ES256" }] };
  const shown = await bothKeys(() => [service.keys.url, `${service.managementUrl()}/keys`]);
  const env = { OIDC_ISSUER: ISSUER, OIDC_KEYS: JSON.stringify(jwks), TOKEN_KEYS_URL: shown.url };
  const service = await startService(identity, env);
  const told = environmentOf(service, env);
  const context = await openContext(
    identity,
    settings(settingsOf(identity), told) as never,
    createLog("identity", "silent"),
  );

  const idToken = ({ claims = {}, header = {}, key = pair.privateKey }: IdToken = {}) =>
    new SignJWT({ iss: ISSUER, aud: "guanxi", exp: inSeconds(300), ...claims })
      .setProtectedHeader({ alg: "ES256", kid: "enterprise", ...header })
      .sign(key);
  const exchange = (subjectToken: string, tenantId = ""): Promise<ExchangeTokenResponse> =>
    service.call(
      TokenServiceService.exchangeToken,
      ExchangeTokenRequest.fromPartial({
        grantType: EXCHANGE,
        subjectTokenType: ID_TOKEN,
        subjectToken,
        tenantId,
      }),
    );

  return {
    ...service,
    idToken,
    /** The issuer's own key, for a gateway that signs for demo people. */
    issuerKey: async () => ({ ...(await exportJWK(pair.privateKey)), kid: "enterprise", alg: "ES256" }),
    exchange,
    subcommand: (command: string, input: string) => runMain(told, command, input),
    provision: (wanted: Wanted): Promise<Provisioned> => provision(context, wanted),
    /** Somebody who has signed in, with the means to ask. */
    async signIn(subject: string, tenantId = "") {
      const { accessToken } = await exchange(await idToken({ claims: { sub: subject } }), tenantId);
      return <Req, Res>(rpc: Rpc<Req, Res>, request: Req) => service.call(rpc, request, accessToken);
    },
    async stop() {
      shown.close();
      await context.db.close();
      await service.stop();
    },
  };
}

let count = 0;

/** A company of one person who may do everything, under a subject that nobody else has. */
export function aCompany(changes: Partial<Wanted["tenant"]> = {}): Wanted & { subject: string } {
  const subject = `lin-${(count += 1)}`;
  const person = { email: "", job: "", language: "", teamIds: [], grants: ALL };
  return {
    subject,
    tenant: { displayName: "晨光贸易", timeZone: "Asia/Shanghai", currencyCode: "CNY", ...changes },
    users: [{ ...person, displayName: "林晓", issuer: ISSUER, subject }],
  };
}

export const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

const environmentOf = (service: Awaited<ReturnType<typeof startService>>, env: Record<string, string>) => ({
  ...env,
  DATABASE_URL: service.database.urlOf("app"),
  DATABASE_RELAY_URL: service.database.urlOf("relay"),
  NATS_URL: service.nats.url,
  TOKEN_ISSUER: TEST_ISSUER,
});

/** In a process of its own, as operators run it. */
async function runMain(env: Record<string, string>, command: string, input: string): Promise<string> {
  const main = path.join(import.meta.dirname, "../src/main.ts");
  const running = promisify(execFile)(process.execPath, ["--conditions=source", main, command], {
    env,
    timeout: 20_000,
  });
  running.child.stdin!.end(input);
  return (await running).stdout;
}

/** The service believes its own tokens, as in an installation, and those by which the testkit asks it how far it is. */
async function bothKeys(urls: () => string[]) {
  const fetchKeys = async (url: string) => ((await (await fetch(url)).json()) as { keys: object[] }).keys;
  const server = createServer((_req, res) => {
    Promise.all(urls().map(fetchKeys)).then(
      (sets) => res.setHeader("content-type", "application/json").end(JSON.stringify({ keys: sets.flat() })),
      (error: Error) => res.destroy(error),
    );
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => void server.close() };
}
