import { afterAll, beforeAll, expect, test } from "vitest";
import { ask, startRig, type Rig } from "./rig.ts";

let rig: Rig;
beforeAll(async () => void (rig = await startRig()));
afterAll(() => rig.stop());

const at = (path: string) => rig.url + path;
const create = (customer: object, headers = {}) =>
  ask(at("/v1/customers"), { method: "POST", json: customer, headers });
const lastRequest = () => rig.seen.at(-1)!.request;

test("body field, int64 kept exact, enum and time as text, ETag", async () => {
  const custom = { size: 7, list: [true, null] };
  const made = await create({ displayName: "Ann", lifetimeValueCents: "9007199254740993", custom });
  expect(made.status).toBe(200);
  expect(made.json).toMatchObject({ lifetimeValueCents: "9007199254740993", state: "STATE_ACTIVE", custom });
  expect(made.headers.get("etag")).toBe('"1"');
  expect(lastRequest().requestId).toMatch(/^[0-9a-f-]{36}$/);
});

test("Idempotency-Key becomes request_id; one that sends must bring it", async () => {
  const { json } = await create({ displayName: "Key" }, { "idempotency-key": '"abc"' });
  expect(lastRequest().requestId).toBe("abc");
  const greet = at(`/v1/customers/${json.customerId}:greet`);
  const without = await ask(greet, { method: "POST" });
  expect([without.status, without.json.reason]).toEqual([400, "REQUEST_ID_REQUIRED"]);
  expect((await ask(greet, { method: "POST", headers: { "idempotency-key": "k" } })).status).toBe(200);
});

test("query: bool, enum, list of one and of two, int64, int32", async () => {
  const query =
    "showArchived=true&state=STATE_ARCHIVED&tags=a&min_lifetime_value_cents=9007199254740993&pageSize=5";
  expect((await ask(at(`/v1/customers?${query}`))).status).toBe(200);
  expect(lastRequest()).toEqual({
    pageSize: 5,
    pageToken: "",
    showArchived: true,
    tags: ["a"],
    state: "STATE_ARCHIVED",
    minLifetimeValueCents: "9007199254740993",
  });
  await ask(at("/v1/customers?tags=a%2Bb+c&tags=%E5%AE%A2"));
  expect(lastRequest().tags).toEqual(["a+b c", "客"]);
});

test.for([
  "showArchived=maybe",
  "state=NO",
  "nope=1",
  "pageSize=x",
  "pageSize=1&pageSize=2",
  "pageToken=%FF",
])("the query %s is refused and its field named", async (query) => {
  const { status, json } = await ask(at(`/v1/customers?${query}`));
  expect([status, json.reason, json.violations.length]).toEqual([400, "INVALID_REQUEST", 1]);
  const name = query.split("=")[0]!.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  expect([name, query.split("=")[0]]).toContain(json.violations[0].field);
});

test("PATCH: nested path, derived mask without what nobody sets, If-Match", async () => {
  const { json } = await create({ displayName: "Before", email: "a@b.cn" });
  const path = at(`/v1/customers/${json.customerId}`);
  const patch = (body: object, headers = {}) => ask(path, { method: "PATCH", json: body, headers });

  const none = await patch({ displayName: "After" });
  expect([none.status, none.json.reason]).toEqual([428, "ETAG_REQUIRED"]);
  const stale = await patch({ displayName: "After" }, { "if-match": '"0"' });
  expect([stale.status, stale.json.reason]).toEqual([412, "ETAG_MISMATCH"]);
  const done = await patch({ ...json, displayName: "After", email: "" }, { "if-match": 'W/"1"' });
  expect([done.status, done.json.displayName, done.json.email]).toEqual([200, "After", ""]);
  expect(done.headers.get("etag")).toBe('"2"');
  const mask = String(lastRequest().updateMask).split(",");
  expect(mask).toContain("displayName");
  expect(mask).not.toContain("etag");
  expect(mask).not.toContain("customerId");
  expect((await patch({}, { "if-match": '"1", "2"' })).status).toBe(400);
  const given = await ask(`${path}?updateMask=email`, {
    method: "PATCH",
    json: { displayName: "Not meant", email: "c@d.cn" },
    headers: { "if-match": '"2"' },
  });
  expect([given.json.displayName, given.json.email]).toEqual(["After", "c@d.cn"]);
  await patch({ address: { line: "Nanjing Road 1" }, tags: ["a"] }, { "if-match": '"3"' });
  expect(lastRequest().updateMask).toBe("address.line,tags"); // inside an object too, a list as a whole
});

test("If-None-Match answers 304", async () => {
  const { json } = await create({ displayName: "Still" });
  const path = at(`/v1/customers/${json.customerId}`);
  const again = await fetch(path, { headers: { "if-none-match": '"9", "1"' } });
  expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", '"1"']);
  expect((await ask(path, { headers: { "if-none-match": '"9"' } })).status).toBe(200);
});

test("body *, custom verb, refusal of the domain", async () => {
  const { json } = await create({ displayName: "Deal", tags: ["open-deal"] });
  const archive = at(`/v1/customers/${json.customerId}:archive`);
  const refused = await ask(archive, { method: "POST", json: { reason: "gone" } });
  expect([refused.status, refused.json.reason]).toEqual([409, "CUSTOMER_HAS_OPEN_DEALS"]);
  expect(lastRequest().reason).toBe("gone");
  expect((await ask(`${archive}?reason=x`, { method: "POST" })).status).toBe(400);
});

test("additional bindings lead to the same RPC, with values from path, query and body", async () => {
  const first = await ask(at("/v1/customers/c%2F1/remarks/7"));
  expect(first.json).toEqual({ customerId: "c/1", page: 7, etag: "r1" });
  expect((await ask(at("/v1/remarks/8?customerId=c2"))).json).toEqual({
    customerId: "c2",
    page: 8,
    etag: "r1",
  });
  const posted = await ask(at("/v1/remarks:find"), { method: "POST", json: { customerId: "c3", page: 9 } });
  expect(posted.json).toEqual({ customerId: "c3", page: 9, etag: "r1" });
  expect(rig.seen.slice(-3).map(({ method }) => method)).toEqual(["getRemark", "getRemark", "getRemark"]);
  expect((await ask(at("/v1/remarks/x"))).json.violations[0].field).toBe("page");
});

test("personal data is kept nowhere; what has none may be kept and asked again", async () => {
  const { headers } = await create({ displayName: "Secret" });
  expect(headers.get("cache-control")).toBe("private, no-store");
  expect((await ask(at("/v1/customers"))).headers.get("cache-control")).toBe("private, no-store");
  expect((await ask(at("/v1/remarks/1"))).headers.get("cache-control")).toBe("private, no-cache");
  expect((await ask(at("/v1/customers/none"))).headers.get("cache-control")).toBe("private, no-store");
});

test("what does not fit is 400 with every violation and its path", async () => {
  const customer = { displayNam: "x", tags: [1], address: { line: 7, town: "y" }, state: "NO" };
  const { status, json } = await create(customer);
  expect(status).toBe(400);
  expect(json.violations.map((each: { field: string }) => each.field)).toEqual([
    "customer.displayNam",
    "customer.tags[0]",
    "customer.address.line",
    "customer.address.town",
    "customer.state",
  ]);
  const clash = await ask(at("/v1/anything"), { method: "POST", json: { byName: "a", byNumber: "b" } });
  expect([clash.status, clash.json.reason]).toEqual([400, "INVALID_REQUEST"]);
});

test("violations that the service finds arrive as it said them", async () => {
  const { status, json } = await create({ displayName: "" });
  expect([status, json.reason, json.detail]).toEqual([400, "INVALID_REQUEST", "Not by the rules."]);
  expect(json.violations).toEqual([
    { field: "customer.display_name", description: "must not be empty", reason: "STRING_MIN_LEN" },
  ]);
});

test("problems: language, unknown path, wrong method, a bug says nothing", async () => {
  const zh = await ask(at("/v1/customers/none"), {
    headers: { "accept-language": "zh-CN,zh;q=0.9,en;q=0.5" },
  });
  expect([zh.status, zh.json.title, zh.json.reason]).toEqual([404, "未找到", "CUSTOMER_NOT_FOUND"]);
  expect(zh.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
  expect((await ask(at("/v1/customers/none"))).json.title).toBe("Not found");
  const nowhere = await ask(at("/v2/none"));
  expect([nowhere.status, nowhere.json.reason]).toEqual([404, "NO_SUCH_PATH"]);
  const put = await ask(at("/v1/customers/1"), { method: "PUT", json: {} });
  expect([put.status, put.json.reason, put.headers.get("allow")]).toEqual([
    405,
    "METHOD_NOT_ALLOWED",
    "GET, PATCH, OPTIONS",
  ]);
  const bug = await ask(at("/v1/customers/bug"));
  expect([bug.status, bug.json.reason]).toEqual([500, "INTERNAL"]);
  expect(JSON.stringify(bug.json)).not.toContain("secret");
  expect(rig.logged.at(-1)).toContain(bug.json.traceId);
  expect((await ask(at("/v1/customers/%E0%A4%A"))).json.violations[0].field).toBe("customer_id");
});

test("HEAD is GET without the body", async () => {
  const head = await fetch(at("/v1/remarks/1"), { method: "HEAD" });
  expect([head.status, head.headers.get("etag"), await head.text()]).toEqual([200, '"r1"', ""]);
});

test("authorization and the trace travel on, nothing else does", async () => {
  const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  const headers = { authorization: "Bearer t", traceparent, "x-forwarded-for": "6.6.6.6", cookie: "a=b" };
  const { headers: answered } = await ask(at("/v1/customers"), { headers });
  const sent = Object.keys(rig.seen.at(-1)!.metadata.getMap()).filter((name) => name !== "user-agent");
  expect(sent.sort()).toEqual(["authorization", "traceparent"]);
  expect(rig.seen.at(-1)!.metadata.get("authorization")).toEqual(["Bearer t"]);
  expect(rig.seen.at(-1)!.metadata.get("traceparent")).toEqual([traceparent]);
  expect(answered.get("traceparent")).toBe(traceparent);
});

test.for(["", "00-00000000000000000000000000000000-00f067aa0ba902b7-01", "nonsense"])(
  "a caller without a valid trace (%s) gets one, which the refusal names",
  async (traceparent) => {
    const { json, headers } = await ask(at("/v1/customers/none"), { headers: { traceparent } });
    expect(json.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(headers.get("traceparent")).toContain(json.traceId);
    expect(rig.seen.at(-1)!.metadata.get("traceparent")[0]).toContain(json.traceId);
  },
);

test("UNAVAILABLE is tried once more for reads and for commands with an id", async () => {
  rig.trouble.unavailable = 1;
  expect((await ask(at("/v1/customers"))).status).toBe(200);
  rig.trouble.unavailable = 1;
  expect((await create({ displayName: "Twice" })).status).toBe(200);
  const [first, second] = rig.seen.slice(-2).map(({ request }) => request.requestId);
  expect(first).toBe(second);
  rig.trouble.unavailable = 2;
  const twice = await ask(at("/v1/customers"));
  expect([twice.status, twice.json.reason]).toEqual([503, "TRY_AGAIN"]);
  expect(twice.headers.get("retry-after")).toBe("1");
});
