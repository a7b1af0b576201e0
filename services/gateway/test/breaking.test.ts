import { afterAll, beforeAll, expect, test } from "vitest";
import { breaking, moveBaseline } from "../tools/breaking.ts";
import { createFixture } from "./fixture.ts";

const fixture = createFixture();
beforeAll(() => moveBaseline(fixture.root));
afterAll(() => fixture.remove());

test("without a baseline nothing is promised, which is said", () => {
  const bare = createFixture();
  expect(breaking(bare.root)).toEqual(["proto/baseline.binpb is missing: npm run release makes it."]);
  bare.remove();
});

const ADDED: [what: string, from: string, to: string][] = [
  ["nothing", "  Address address = 9;", "  Address address = 9;"],
  ["a field", "  Address address = 9;", "  Address address = 9;\n  string nickname = 11;"],
  ["a comment", "// Returns one customer.", "// Answers one customer."],
  [
    "a path",
    'additional_bindings: {get: "/v1/remarks/{page}"}',
    'additional_bindings: {get: "/v1/remarks/{page}"}\n      additional_bindings: {get: "/v1/notes/{page}"}',
  ],
];

test.for(ADDED)("%s may be added", ([, from, to]) => {
  expect(fixture.edited(from, to, () => breaking(fixture.root))).toEqual([]);
});

const BROKEN: [what: string, from: string, to: string, told: RegExp][] = [
  ["a renamed field", "  string display_name = 2", "  string full_name = 2", /display_name/],
  ["a deleted field", "  Address address = 9;\n", "", /address/],
  ["another type", "  Address address = 9;", "  string address = 9;", /address/],
  ["another number", "  Address address = 9;", "  Address address = 19;", /"9"/],
  ["a renamed RPC", "rpc GreetCustomer(", "rpc HailCustomer(", /GreetCustomer/],
  [
    "another path",
    '"/v1/customers/{customer_id}:archive"',
    '"/v1/clients/{customer_id}:archive"',
    /no longer served: POST \/v1\/customers\/\{customer_id\}:archive body \* \(ArchiveCustomer\)/,
  ],
  ["another verb", 'patch: "/v1/customers', 'put: "/v1/customers', /no longer served: PATCH/],
  [
    "a lost second path",
    'additional_bindings: {get: "/v1/remarks/{page}"}',
    "",
    /no longer served: GET \/v1\/remarks/,
  ],
];

test.for(BROKEN)("%s is refused", ([, from, to, told]) => {
  expect(fixture.edited(from, to, () => breaking(fixture.root)).join("\n")).toMatch(told);
});
