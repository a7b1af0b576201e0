import { expect, test } from "vitest";
import { sessionCookie } from "./session-cookie.ts";

const KEY = "k".repeat(43);

test("over HTTPS the cookie is bound to this host, and to HTTPS", () => {
  const cookie = sessionCookie(true);
  // What RFC 6265bis asks of the prefix: Secure, Path=/ and no Domain.
  expect(cookie.set(KEY)).toBe(`__Host-guanxi=${KEY}; Path=/; HttpOnly; SameSite=Strict; Secure`);
  expect(cookie.cleared).toBe("__Host-guanxi=; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=0");
  expect(cookie.read(`guanxi=${KEY}`)).toBeUndefined();
  expect(cookie.read(`a=1; __Host-guanxi=${KEY}; b=2`)).toBe(KEY);
});

test("over plain HTTP, where no browser takes that prefix, it has a plain name", () => {
  const cookie = sessionCookie(false);
  expect(cookie.set(KEY)).toBe(`guanxi=${KEY}; Path=/; HttpOnly; SameSite=Strict`);
  expect(cookie.read(`guanxi=${KEY}`)).toBe(KEY);
});

test("a request without it brings none", () => {
  const cookie = sessionCookie(false);
  for (const header of [undefined, "", "other=1", "notguanxi=1", "guanxi2=1"])
    expect(cookie.read(header)).toBeUndefined();
  expect(cookie.read("guanxi=")).toBe("");
});
