// The Guanxi tokens of sessions. They stay here: a browser has only the key, and that it cannot read.
import { createHash } from "node:crypto";
import { type Asked, type IdentitySessions, isRefused } from "./identity-sessions.ts";

export interface SessionTokens {
  /** Fails where the session is over. */
  tokenOf(asked: Asked): Promise<string>;
  forget(sessionKey: string): void;
}

interface Held {
  readonly token: string;
  readonly until: number;
}

const MOST = 10_000;
/** A token that ends on its way would be refused by the service. */
const SPARE_MS = 30_000;
/** How long a request waits for word that its session goes on, before it goes by the token that there is. */
const WORD_MS = 2_000;

/**
 * A token is asked for when the last one is about to end, but whether the session goes on is asked each time: a sign-out holds
 * at every gateway at once. What is asked at the same time is asked once. While identity is away, a token lasts as long as it
 * would have in the hands of anybody else.
 */
export function sessionTokens(identity: IdentitySessions): SessionTokens {
  const held = new Map<string, Held>();
  const asking = new Map<string, Promise<string>>();

  async function ask(asked: Asked, hash: string): Promise<string> {
    const one = held.get(hash);
    if (one && one.until > Date.now()) {
      await goesOn(asked).catch((error: unknown) => {
        held.delete(hash);
        throw error;
      });
      return one.token;
    }
    const { accessToken, expiresIn } = await identity.token(asked);
    if (held.size >= MOST) held.delete(held.keys().next().value!);
    held.set(hash, { token: accessToken, until: Date.now() + expiresIn * 1000 - SPARE_MS });
    return accessToken;
  }

  async function goesOn(asked: Asked): Promise<void> {
    if (identity.away()) return;
    try {
      await identity.use({ ...asked, deadline: Math.min(asked.deadline, Date.now() + WORD_MS) });
    } catch (error) {
      if (isRefused(error)) throw error;
    }
  }

  return {
    tokenOf(asked) {
      const hash = hashOf(asked.sessionKey);
      const name = `${hash} ${asked.unattended}`;
      const begun = asking.get(name);
      if (begun) return begun;
      const answer = ask(asked, hash).finally(() => asking.delete(name));
      asking.set(name, answer);
      return answer;
    },
    forget: (sessionKey) => void held.delete(hashOf(sessionKey)),
  };
}

/** As identity keeps it: a dump of this process's memory is not to be a list of keys. */
const hashOf = (sessionKey: string) => createHash("sha256").update(sessionKey).digest("base64url");
