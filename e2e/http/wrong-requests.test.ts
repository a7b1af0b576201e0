// What callers send by mistake or on purpose: never a 5xx, and always told which field.
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  absent,
  type Asked,
  each,
  fieldsOf,
  type Newcomer,
  newcomer,
  type Rig,
  startRig,
  suite,
} from "./rig.ts";

let rig: Rig;
let lin: Newcomer;
let customerId: string;

beforeAll(async () => {
  rig = await startRig();
  lin = await newcomer(rig);
  customerId = (await create({})).json.customerId as string;
});
afterAll(() => rig.stop());

const create = (customer: object, asked: Asked = {}) =>
  lin.ask("POST", "/v1/customers", {
    json: { kind: "KIND_PERSON", displayName: "张三", ...customer },
    ...asked,
  });
const post = (body: string | Uint8Array<ArrayBuffer>) => lin.ask("POST", "/v1/customers", { body });

const noSuite = absent("suite");

test.skipIf(noSuite)(`all 95 y_ of JSONTestSuite are JSON, whatever else they lack${noSuite}`, async () => {
  const files = suite("y");
  expect(files).toHaveLength(95);
  await each(files, async ([name, bytes]) => {
    const { status, json } = await post(new Uint8Array(bytes));
    expect([status, json.reason], name).toEqual([400, "INVALID_REQUEST"]);
  });
});

test.skipIf(noSuite)(`all 188 n_ of JSONTestSuite are refused${noSuite}`, async () => {
  const files = suite("n");
  expect(files).toHaveLength(188);
  await each(files, async ([name, bytes]) => {
    const { status, json } = await post(new Uint8Array(bytes));
    expect([status, json.reason], name).toEqual([400, "BROKEN_JSON"]);
  });
});

test.skipIf(noSuite)(`all 35 i_ of JSONTestSuite are one of both${noSuite}`, async () => {
  const files = suite("i");
  expect(files).toHaveLength(35);
  await each(files, async ([name, bytes]) =>
    expect((await post(new Uint8Array(bytes))).status, name).toBe(400),
  );
});

const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

const WRONG: [what: string, customer: object, field: string][] = [
  ["an unknown field", { nickname: "三" }, "customer.nickname"],
  ["an unknown field far inside", { source: { color: 1 } }, "customer.source.color"],
  ["a number for a text", { displayName: 5 }, "customer.display_name"],
  ["a list for a text", { displayName: ["a"] }, "customer.display_name"],
  ["a text for a list", { tags: "vip" }, "customer.tags"],
  ["a number in a list of texts", { tags: ["vip", 5] }, "customer.tags[1]"],
  ["a text for an object", { preferences: "none" }, "customer.preferences"],
  ["a list for an object", { custom: [] }, "customer.custom"],
  ["a text for an item", { contactPoints: ["a@b.c"] }, "customer.contact_points[0]"],
  ["a text for a yes or no", { contactPoints: [{ primary: "yes" }] }, "customer.contact_points[0].primary"],
  ["a text for a number", { birthDate: { year: "x" } }, "customer.birth_date.year"],
  ["a fraction for a whole number", { addresses: [{ revision: 1.5 }] }, "customer.addresses[0].revision"],
  ["a number too large", { addresses: [{ revision: 2147483648 }] }, "customer.addresses[0].revision"],
  ["a number for a word", { kind: 1e21 }, "customer.kind"],
  ["a day for a moment", { source: { firstTouchTime: "2026-01-01" } }, "customer.source.first_touch_time"],
  ["NUL", { displayName: "a\0" }, "customer.display_name"],
  ["NUL far inside", { contactPoints: [{ label: "\0" }] }, "customer.contact_points[0].label"],
  ["NUL as a key", { custom: { "\0": 1 } }, "customer.custom"],
  ["half of a surrogate pair", { tags: ["\ud83d"] }, "customer.tags[0]"],
  ["the other half", { externalIds: [{ id: "\ude00" }] }, "customer.external_ids[0].id"],
  ["an object 40 deep", { custom: { a: nested(40) } }, `customer.custom.a${"[0]".repeat(29)}`],
];

test.for(WRONG)("%s is refused, and the field named", async ([, customer, field]) => {
  const answer = await create(customer);
  expect([answer.status, answer.json.reason, fieldsOf(answer)]).toEqual([400, "INVALID_REQUEST", [field]]);
});

const DEEP: [what: string, body: string][] = [
  ["brackets", `{"custom":{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}}`],
  ["braces", `{"custom":${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}}`],
  ["open brackets", "[".repeat(100_000)],
];
test.for(DEEP)("100,000 %s are refused", async ([, body]) => {
  const { status, json } = await post(body);
  expect([status, json.status]).toEqual([400, 400]);
});

const ROLES = ["BUYER", "SUPPLIER", "PARTNER", "REFERRER", "COMPETITOR", "OTHER"];

test("a word that an enum does not know is answered with those that it knows", async () => {
  const one = await create({ kind: "FIRM", partyRoles: ["PARTY_ROLE_BUYER", "FRIEND"] });
  const roles = ROLES.map((role) => `PARTY_ROLE_${role}`).join(", ");
  expect([one.status, one.json.violations]).toEqual([
    400,
    [
      { field: "customer.kind", description: "must be one of KIND_PERSON, KIND_ORGANISATION" },
      { field: "customer.party_roles[1]", description: `must be one of ${roles}` },
    ],
  ]);
  const grade = await lin.ask("POST", `/v1/customers/${customerId}:changeGrade`, {
    json: { grade: "GRADE_E", reason: "x" },
  });
  expect(grade.json.violations).toEqual([
    { field: "grade", description: "must be one of GRADE_A, GRADE_B, GRADE_C, GRADE_D" },
  ]);
  const number = await create({ kind: 99 });
  expect([number.status, fieldsOf(number)]).toEqual([400, ["customer.kind"]]);
});

test("what is too large is 413, and the next request is answered", async () => {
  const large = await create({ displayName: "a".repeat(1_000_001) });
  expect([large.status, large.json.reason]).toEqual([413, "PAYLOAD_TOO_LARGE"]);
  expect((await create({})).status).toBe(200);
});

test("another kind of content is 415, none at all 400", async () => {
  for (const type of ["text/plain", "application/xml", "application/json; charset=utf-16", "json"])
    expect((await create({}, { headers: { "content-type": type } })).status, type).toBe(415);
  expect((await lin.ask("POST", "/v1/customers")).status).toBe(400);
});

test("a method that a path does not know is 405 and names those that it knows", async () => {
  const answer = await lin.ask("DELETE", `/v1/customers/${customerId}`);
  expect([answer.status, answer.json.reason]).toEqual([405, "METHOD_NOT_ALLOWED"]);
  expect(answer.headers.get("allow")).toBe("GET, PATCH, OPTIONS");
  expect((await lin.ask("PUT", "/v1/customers", { json: {} })).status).toBe(405);
});

const BAD_IDS = [
  "1",
  "none",
  "%20",
  "..%2f..%2fetc",
  "a%00",
  "%ff",
  "'--",
  "a".repeat(5_000),
  "%F0%9F%92%A9",
];
const ID_PATHS = ["customers/@", "customers/@/history", "contacts/@", "categories/@", "fieldDefinitions/@"];

test.for(ID_PATHS)("what is no id in %s is refused by the name of its field", async (path) => {
  await each(BAD_IDS, async (id) => {
    const answer = await lin.ask("GET", `/v1/${path.replace("@", id)}`);
    expect([answer.status, fieldsOf(answer)], id).toEqual([400, [expect.stringMatching(/^[a-z_]+_id$/)]]);
  });
});

test("an id of nobody is 404, and a path of nothing too", async () => {
  const nobody = "01970000-0000-7000-8000-00000000dead";
  for (const path of [`customers/${nobody}`, `contacts/${nobody}`, "nothing", "customers/a/b/c"])
    expect((await lin.ask("GET", `/v1/${path}`)).status, path).toBe(404);
});

const LISTS = ["customers", "contacts", "categories", "fieldDefinitions"];
const FILTERED = ["customers", "contacts"];
const BAD_QUERIES: [query: string, field: string, lists?: string[]][] = [
  ["pageSize=201", "page_size"],
  ["pageSize=-1", "page_size"],
  ["pageSize=1.5", "page_size"],
  ["pageSize=ten", "page_size"],
  ["pageSize=99999999999", "page_size"],
  ["pageSize=1&pageSize=2", "page_size"],
  ["pageToken=x", "page_token"],
  ["pageToken=bnVsbA", "page_token"],
  ["pageToken=W10", "page_token"],
  ["pageToken=a&pageToken=b", "page_token"],
  ["pageToken=%00", "page_token"],
  ["orderBy=password", "order_by"],
  ["orderBy=create_time;drop", "order_by"],
  ["orderBy=create_time%20sideways", "order_by"],
  [`orderBy=${"a".repeat(200)}`, "order_by"],
  ["orderBy=a&orderBy=b", "order_by"],
  ["nonsense=1", "nonsense"],
  ["__proto__=1", "__proto__"],
  ["constructor.prototype=1", "constructor.prototype"],
  ["filter=a&filter=b", "filter", FILTERED],
  [`filter=${"a".repeat(3_000)}`, "filter", FILTERED],
  ["includeArchived=maybe", "include_archived", FILTERED],
  ["includeArchived=true&includeArchived=false", "include_archived", FILTERED],
  ["customerId=x", "customer_id", ["contacts"]],
];

test.for(BAD_QUERIES)("the query %s is refused", async ([query, field, lists = LISTS]) => {
  for (const list of lists) {
    const answer = await lin.ask("GET", `/v1/${list}?${query}`);
    expect([answer.status, fieldsOf(answer)], list).toEqual([400, [field]]);
  }
});

const BAD_FILTERS = [
  "display_name",
  "display_name ==",
  "display_name == 5",
  "password == 'x'",
  "custom.nothing == 1",
  "grade == 'E'",
  "display_name == legal_name",
  "create_time > 'yesterday'",
  "completeness > 99999999999999999999",
  "display_name.matches('(a+)+$')",
  "'; drop table customers; --",
  "(".repeat(500),
  "[1,2,3]",
  String.raw`display_name == '\ud800'`,
  String.raw`display_name == '\x00'`,
  "true ? core : core",
];

test.for(BAD_FILTERS)("the condition %s is refused", async (filter) => {
  const answer = await lin.ask("GET", `/v1/customers?filter=${encodeURIComponent(filter)}`);
  expect([answer.status, fieldsOf(answer)]).toEqual([400, ["filter"]]);
});

const FORGED_KEYS: [order: string, keys: unknown[]][] = [
  ["create_time", [null, 5, true, {}, [], "", "x", "\0", "\ud800", "2026-13-01", "a".repeat(10_000)]],
  ["display_name", [null, 5, true, {}, [], "\0"]],
  ["completeness", [null, "five", true, {}, [], 1.5, 1e300, 2147483648, "\0"]],
];

test.for(FORGED_KEYS)("a page token of %s whose key was forged is refused", async ([order, keys]) => {
  await Promise.all([create({}), create({})]);
  const path = `/v1/customers?pageSize=1&orderBy=${order}`;
  const genuine = (await lin.ask("GET", path)).json.nextPageToken as string;
  const token = JSON.parse(Buffer.from(genuine, "base64url").toString()) as unknown[];
  const forged = [
    ...keys.map((key) => token.with(1, key)),
    ...[null, "x", 5, "", "\0", {}].map((id) => token.with(2, id)),
    ...[[], [token[0]], token.slice(0, 2), {}, null, 5, "x"],
  ];
  await each(forged, async (parts) => {
    const text = Buffer.from(JSON.stringify(parts)).toString("base64url");
    const answer = await lin.ask("GET", `${path}&pageToken=${text}`);
    expect([answer.status, fieldsOf(answer)], JSON.stringify(parts)).toEqual([400, ["page_token"]]);
  });
  expect((await lin.ask("GET", `${path}&pageToken=${genuine}`)).status).toBe(200);
});

test("headers that cannot be read are refused, and tokens that are none are 401", async () => {
  const patch = (headers: Record<string, string>) =>
    lin.ask("PATCH", `/v1/customers/${customerId}`, { json: { industry: "x" }, headers });
  expect((await patch({ "if-match": "*" })).status).toBe(400);
  expect((await patch({ "if-match": '"1", "2"' })).status).toBe(400);
  expect((await patch({ "if-match": '"nonsense"' })).status).toBe(412);
  expect((await patch({})).status).toBe(428);
  const long = await create({}, { headers: { "idempotency-key": "k".repeat(101) } });
  expect([long.status, fieldsOf(long)]).toEqual([400, ["request_id"]]);
  for (const authorization of ["", "Bearer", "Bearer x.y.z", "Basic YTpi", `Bearer ${"a".repeat(8_000)}`])
    expect((await lin.ask("GET", "/v1/customers", { headers: { authorization } })).status).toBe(401);
});

test("none of all this was a failure of ours", () => {
  expect(rig.failures).toEqual([]);
});
