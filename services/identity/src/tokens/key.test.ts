import fc from "fast-check";
import { expect, test } from "vitest";
import { type Key, needsKey, shownKeys, signingKey } from "./key.ts";

const DAY_MS = 86_400_000;
const start = Date.UTC(2026, 0, 1);
const keyOf = (keyId: string, ageMs: number): Key => ({
  keyId,
  privateJwk: { kty: "EC" },
  publicJwk: { kty: "EC" },
  createTime: new Date(start - ageMs),
});
const now = new Date(start);

test("a key is needed at the first start and every ninety days", () => {
  expect(needsKey([], now)).toBe(true);
  expect(needsKey([keyOf("a", 90 * DAY_MS - 1)], now)).toBe(false);
  expect(needsKey([keyOf("a", 90 * DAY_MS)], now)).toBe(true);
});

test("the first key signs at once, a later one when all have shown it", () => {
  expect(signingKey([keyOf("first", 0)], now).keyId).toBe("first");
  const old = keyOf("old", 90 * DAY_MS);
  expect(signingKey([keyOf("new", 299_000), old], now).keyId).toBe("old");
  expect(signingKey([keyOf("new", 300_000), old], now).keyId).toBe("new");
  expect(() => signingKey([], now)).toThrow("no key");
});

test("an old key is shown for a day after the new one came", () => {
  const old = keyOf("old", 91 * DAY_MS);
  const shown = (ageMs: number) => shownKeys([old, keyOf("new", ageMs)], now).map(({ keyId }) => keyId);
  expect(shown(DAY_MS - 1)).toEqual(["new", "old"]);
  expect(shown(DAY_MS)).toEqual(["new"]);
});

test("whatever keys there are, the one that signs is shown, and goes on being shown while its tokens live", () => {
  const ages = fc.array(fc.integer({ min: 0, max: 400 * DAY_MS }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(ages, (all) => {
      const keys = all.map((ageMs, index) => keyOf(String(index), ageMs));
      const signer = signingKey(keys, now);
      const end = new Date(start + 300_000);
      expect(shownKeys(keys, now)).toContain(signer);
      expect(shownKeys(keys, end)).toContain(signer);
    }),
  );
});
