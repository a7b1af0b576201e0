// What the gateway asks identity about sessions.
import { type Client, Metadata, status, type ServiceError } from "@grpc/grpc-js";
import { SessionServiceService as rpcs } from "@guanxi/contract/guanxi/identity/v1/session_service";
import type { Presence } from "./exchange.ts";
import { patiently } from "./presence.ts";

export interface IdentitySessions {
  /** The key of a new session. */
  create(idToken: string, tenantId: string, deadline: number): Promise<string>;
  token(asked: Asked): Promise<{ accessToken: string; expiresIn: number }>;
  /** Fails where it is over. Does not wait for an identity that is away. */
  use(asked: Asked): Promise<void>;
  end(sessionKey: string, deadline: number): Promise<void>;
  away(): boolean;
}

export interface Asked {
  readonly sessionKey: string;
  readonly unattended: boolean;
  readonly deadline: number;
}

interface Rpc<Req, Res> {
  readonly path: string;
  requestSerialize(request: Req): Buffer;
  responseDeserialize(bytes: Buffer): Res;
}

export function identitySessions({
  client,
  presence,
}: {
  client: Client;
  presence: Presence;
}): IdentitySessions {
  const call = <Req, Res>(rpc: Rpc<Req, Res>, request: Req, deadline: number) =>
    new Promise<Res>((resolve, reject) => {
      const { path, requestSerialize, responseDeserialize } = rpc;
      const done = (error: ServiceError | null, reply?: Res) => (error ? reject(error) : resolve(reply!));
      client.makeUnaryRequest(
        path,
        requestSerialize,
        responseDeserialize,
        request,
        new Metadata(),
        { deadline },
        done,
      );
    });
  // Any of it may arrive twice: of a second session nobody has the key, and it ends by itself.
  const endpoint = { presence, repeatable: true };
  const patient = <Req, Res>(rpc: Rpc<Req, Res>, request: Req, deadline: number) =>
    patiently({ endpoint, deadline, res: { destroyed: false } }, () => call(rpc, request, deadline));

  return {
    async create(idToken, tenantId, deadline) {
      return (await patient(rpcs.createSession, { idToken, tenantId }, deadline)).sessionKey;
    },
    token: ({ deadline, ...request }) => patient(rpcs.createSessionToken, request, deadline),
    async use({ deadline, ...request }) {
      await call(rpcs.useSession, request, deadline);
    },
    async end(sessionKey, deadline) {
      await patient(rpcs.endSession, { sessionKey }, deadline);
    },
    away: presence.away,
  };
}

/** It says that the session is over, or that there never was one. */
export const isRefused = (error: unknown) => (error as { code?: unknown }).code === status.UNAUTHENTICATED;
