import { expect, test } from "vitest";
import { createRouter } from "../src/router.ts";
import type { Verb } from "../src/routes.ts";

const endpoint = (verb: Verb, template: string) => {
  const [, path = "", action = ""] = /^(.*?)(?::(\w+))?$/.exec(template)!;
  const segments = path.split("/").slice(1);
  return { verb, template, action, segments: segments.map((part) => (part.startsWith("{") ? "" : part)) };
};
const router = createRouter([
  endpoint("get", "/v1/customers"),
  endpoint("get", "/v1/customers/{id}"),
  endpoint("patch", "/v1/customers/{id}"),
  endpoint("get", "/v1/customers/all"),
  endpoint("post", "/v1/customers/{id}:archive"),
  endpoint("get", "/v1/customers:batchGet"),
  endpoint("get", "/v1/{kind}/{id}/notes"),
  endpoint("get", "/v1/customers/{id}/history"),
]);
const seen = (verb: string, path: string) => {
  const match = router.match(verb, path);
  return match && [match.endpoint.template, ...match.values];
};

test("words win over values, values keep what is between the slashes", () => {
  expect(seen("GET", "/v1/customers")).toEqual(["/v1/customers"]);
  expect(seen("GET", "/v1/customers/7")).toEqual(["/v1/customers/{id}", "7"]);
  expect(seen("GET", "/v1/customers/a%2Fb")).toEqual(["/v1/customers/{id}", "a%2Fb"]);
  expect(seen("GET", "/v1/customers/all")).toEqual(["/v1/customers/all"]);
  expect(seen("PATCH", "/v1/customers/all")).toEqual(["/v1/customers/{id}", "all"]);
});

test("a way that leads nowhere is gone back, with its values", () => {
  expect(seen("GET", "/v1/customers/7/notes")).toEqual(["/v1/{kind}/{id}/notes", "customers", "7"]);
  expect(seen("GET", "/v1/customers/7/history")).toEqual(["/v1/customers/{id}/history", "7"]);
  expect(seen("GET", "/v1/customers/7/letters")).toBeUndefined();
});

test("what follows the last colon is an action, unless there is none of that name", () => {
  expect(seen("POST", "/v1/customers/urn:x:7:archive")).toEqual(["/v1/customers/{id}:archive", "urn:x:7"]);
  expect(seen("GET", "/v1/customers/urn:x:7")).toEqual(["/v1/customers/{id}", "urn:x:7"]);
  expect(seen("GET", "/v1/customers:batchGet")).toEqual(["/v1/customers:batchGet"]);
  expect(seen("POST", "/v1/customers/:archive")).toBeUndefined();
});

test("a value is never empty, and a slash at the end is another path", () => {
  expect(seen("GET", "/v1/customers/")).toBeUndefined();
  expect(seen("GET", "/v1//7/notes")).toBeUndefined();
  expect(seen("GET", "/")).toBeUndefined();
  expect(seen("GET", "*")).toBeUndefined();
});

test("a path knows its verbs", () => {
  expect(router.verbsOf("/v1/customers/7")).toEqual(["GET", "PATCH"]);
  expect(router.verbsOf("/v1/nothing")).toEqual([]);
});
