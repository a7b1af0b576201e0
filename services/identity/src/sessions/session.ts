// How long a session lasts, and what its key is.
import { createHash, randomBytes } from "node:crypto";
import { refuse } from "@guanxi/kit/refuse";

// As OWASP's session management has it for business software: half an hour idle, a working day at most. No settings: who
// wants less signs out, and who wants more would keep a stolen cookie alive.
export const IDLE_MINUTES = 30;
export const LIFE_HOURS = 12;

const KEY_BYTES = 32;

export const newSessionKey = (): string => randomBytes(KEY_BYTES).toString("base64url");

/** What the database keeps: nobody signs in with what a backup holds. A key is random, so there is nothing to stretch. */
export const hashOfKey = (sessionKey: string): string =>
  createHash("sha256").update(sessionKey).digest("hex");

/** When it ends unless it is used before: never later than it ends anyway. */
export function idleExpireTime({ useTime, expireTime }: { useTime: Date; expireTime: Date }): Date {
  return new Date(Math.min(useTime.getTime() + IDLE_MINUTES * 60_000, expireTime.getTime()));
}

/** One text for everything that may be wrong: unknown, ended, idle for too long, its user shut out. */
export const invalidSession = () =>
  refuse("unauthenticated", "INVALID_SESSION", "You are not signed in any more: sign in again.");
