// Who listens to the stream, and what they may read: identity says it, for no service but that one knows grants at once.
import { fromBinary, toJson, type JsonObject } from "@bufbuild/protobuf";
import { type Client, Metadata, status, type ServiceError } from "@grpc/grpc-js";
import type { Contract } from "@guanxi/kit/contract";
import { covers } from "@guanxi/kit/rights";
import { raw } from "./upstream.ts";

export interface Listener {
  tenantId: string;
  userId: string;
  /** As in customer:read. */
  grants: readonly string[];
}

/** Whose request it is; fails as identity does for a token that is none. */
export type WhoIs = (authorization: string | undefined) => Promise<Listener>;

const DEADLINE_MS = 10_000;

export function whoIs(contract: Contract, identity: Client): WhoIs {
  const method = contract.getService("guanxi.identity.v1.UserService")!.method["getMe"]!;
  const path = "/guanxi.identity.v1.UserService/GetMe";
  return async (authorization) => {
    const metadata = new Metadata();
    if (authorization && /^[ -~]*$/.test(authorization)) metadata.set("authorization", authorization);
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
    const deadline = Date.now() + DEADLINE_MS;
    identity.makeUnaryRequest(path, raw, raw, Buffer.alloc(0), metadata, { deadline }, (error, reply) => {
      if (error) reject(error);
      else resolve(reply!);
    });
    return listenerOf(toJson(method.output, fromBinary(method.output, await promise)) as JsonObject);
  };
}

function listenerOf({ user, tenant }: JsonObject): Listener {
  const { userId, grants = [] } = user as { userId: string; grants?: { resource: string; action: string }[] };
  const { tenantId } = tenant as { tenantId: string };
  return { tenantId, userId, grants: grants.map(({ resource, action }) => `${resource}:${action}`) };
}

/** A token's life: so long may identity be away before nobody is believed any more. */
const BELIEVED_MS = 300_000;

export interface Rights {
  may(resource: string, action: string): boolean;
  /** What they may has changed: nothing more is told before it has been asked for. */
  outdated(): void;
  /** Settles at once unless they are outdated; fails once this is no caller any more. */
  current(): Promise<void>;
}

/** Whatever is under way is waited for, so that no event passes by rights that have just been withdrawn. */
export function rightsOf(first: Listener, ask: () => Promise<Listener>): Rights {
  let { grants } = first;
  let askedAt = performance.now();
  let old = false;
  let asking: Promise<void> | undefined;

  async function renew(): Promise<void> {
    old = false;
    const began = performance.now();
    try {
      ({ grants } = await ask());
      askedAt = began;
    } catch (error) {
      // With identity away, what it said last holds on; it is asked again in a minute.
      if (isNobody(error) || performance.now() - askedAt > BELIEVED_MS) throw error;
    } finally {
      asking = undefined;
    }
  }
  return {
    may: (resource, action) => covers(grants, { resource, action }),
    outdated: () => void (old = true),
    async current() {
      // Also what was asked before they were outdated is old.
      while (old || asking) await (asking ??= renew());
    },
  };
}

const NOBODY: readonly unknown[] = [status.UNAUTHENTICATED, status.PERMISSION_DENIED, status.NOT_FOUND];

const isNobody = (error: unknown) => NOBODY.includes((error as Partial<ServiceError>).code);
