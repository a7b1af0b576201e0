// When a key comes, signs, and goes.
import type { JWK } from "jose";

export interface Key {
  readonly keyId: string;
  readonly privateJwk: JWK;
  readonly publicJwk: JWK;
  readonly createTime: Date;
}

const DAY_MS = 86_400_000;
const LIFE_MS = 90 * DAY_MS;
/** Tokens live five minutes; the rest of the day is for services that were away. */
const KEPT_MS = DAY_MS;
/** Before a new key signs, every identity process has shown it. */
const WARM_UP_MS = 5 * 60_000;

const age = (key: Key, now: Date) => now.getTime() - key.createTime.getTime();
const newestFirst = (keys: readonly Key[]) =>
  keys.toSorted((a, b) => b.createTime.getTime() - a.createTime.getTime() || (a.keyId < b.keyId ? -1 : 1));

export const needsKey = (keys: readonly Key[], now: Date) => !keys.some((key) => age(key, now) < LIFE_MS);

/** The newest that everybody knows; at the very first start there is only one. */
export function signingKey(keys: readonly Key[], now: Date): Key {
  const ordered = newestFirst(keys);
  const key = ordered.find((each) => age(each, now) >= WARM_UP_MS) ?? ordered.at(-1);
  if (!key) throw new Error("there is no key to sign with");
  return key;
}

/** Those that tokens in use may be signed with. */
export function shownKeys(keys: readonly Key[], now: Date): Key[] {
  const ordered = newestFirst(keys);
  return ordered.filter((_key, index) => {
    const successor = ordered[index - 1];
    return !successor || age(successor, now) < KEPT_MS;
  });
}
