import { expect, test } from "vitest";
import { requireSameOrigin } from "./same-origin.ts";

const HOST = "127.0.0.1:8080";
const OWN = { "x-guanxi-console": "1" };
const HERE = { "sec-fetch-site": "same-origin" };

type Headers = Record<string, string>;
const verdict = (method: string, headers: Headers, publicUrl?: string) => {
  try {
    requireSameOrigin({ method, headers: { host: HOST, ...headers } }, publicUrl);
    return "let in";
  } catch (error) {
    return (error as { failure: { reason: string } }).failure.reason;
  }
};

test.for<[why: string, method: string, headers: Headers, expected: string]>([
  ["our page reads", "GET", HERE, "let in"],
  ["our page asks for the head", "HEAD", HERE, "let in"],
  ["our page writes", "POST", { ...HERE, ...OWN }, "let in"],
  ["our page ends a session", "DELETE", { ...HERE, ...OWN }, "let in"],
  ["a person types an address", "GET", { "sec-fetch-site": "none" }, "let in"],
  ["a form of ours, which sets no header", "POST", HERE, "CSRF"],
  ["the header says something else", "POST", { ...HERE, "x-guanxi-console": "0" }, "CSRF"],
  ["another site reads", "GET", { "sec-fetch-site": "cross-site" }, "CSRF"],
  ["another site writes", "POST", { "sec-fetch-site": "cross-site", ...OWN }, "CSRF"],
  ["a neighbour under the same domain reads", "GET", { "sec-fetch-site": "same-site" }, "CSRF"],
  ["a neighbour writes", "PATCH", { "sec-fetch-site": "same-site", ...OWN }, "CSRF"],
  ["nobody's own hand writes", "POST", { "sec-fetch-site": "none", ...OWN }, "CSRF"],
  [
    "a foreign page with an origin that looks right",
    "POST",
    { "sec-fetch-site": "cross-site", origin: `http://${HOST}`, ...OWN },
    "CSRF",
  ],
  ["an old browser writes", "POST", { origin: `http://${HOST}`, ...OWN }, "let in"],
  ["an old browser reads", "GET", { referer: `http://${HOST}/customers/1` }, "let in"],
  ["an old browser writes without the header", "POST", { origin: `http://${HOST}` }, "CSRF"],
  ["another port of the same machine", "POST", { origin: "http://127.0.0.1:9", ...OWN }, "CSRF"],
  ["another site by an old browser", "POST", { origin: "http://evil.example", ...OWN }, "CSRF"],
  ["a name that begins as ours", "GET", { referer: `http://${HOST}.evil.example/` }, "CSRF"],
  ["our name in front of an @", "GET", { referer: `http://${HOST}@evil.example/` }, "CSRF"],
  ["the origin counts before the page", "GET", { origin: "null", referer: `http://${HOST}/` }, "CSRF"],
  ["a page in a sandbox", "POST", { origin: "null", ...OWN }, "CSRF"],
  ["nobody says from where", "GET", {}, "CSRF"],
  ["nobody says from where, with the header", "POST", OWN, "CSRF"],
])("%s: %s %j is %s", ([, method, headers, expected]) => {
  expect(verdict(method, headers)).toBe(expected);
});

test("behind a proxy the address that people know is the origin, whatever host the proxy names", () => {
  const publicUrl = "https://crm.example.com/";
  expect(verdict("POST", { origin: "https://crm.example.com", ...OWN }, publicUrl)).toBe("let in");
  expect(verdict("POST", { origin: "http://crm.example.com", ...OWN }, publicUrl)).toBe("CSRF");
  expect(verdict("POST", { origin: `http://${HOST}`, ...OWN }, publicUrl)).toBe("CSRF");
});
