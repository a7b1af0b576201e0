import { expect, test } from "vitest";
import { hashOfKey, idleExpireTime, newSessionKey } from "./session.ts";

const at = (time: string) => new Date(`2026-03-01T${time}Z`);

test("a key has 256 random bits, and its hash is not the key", () => {
  const keys = Array.from({ length: 100 }, newSessionKey);
  expect(new Set(keys).size).toBe(100);
  for (const key of keys) expect(Buffer.from(key, "base64url")).toHaveLength(32);
  expect(hashOfKey(keys[0]!)).toMatch(/^[0-9a-f]{64}$/);
  expect(hashOfKey(keys[0]!)).not.toBe(Buffer.from(keys[0]!, "base64url").toString("hex"));
});

test("it ends half an hour after its last use, and never later than its last hour", () => {
  const expireTime = at("12:00:00");
  expect(idleExpireTime({ useTime: at("09:00:00"), expireTime })).toEqual(at("09:30:00"));
  expect(idleExpireTime({ useTime: at("11:45:00"), expireTime })).toEqual(expireTime);
});
