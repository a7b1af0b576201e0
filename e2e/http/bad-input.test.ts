// What nobody should send, through the front door: never a 5xx, and a problem that names the field.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "@guanxi/local/places";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Ask, asking, type Resource, send } from "./naughty.ts";
import { newcomer, type Rig, startRig } from "./rig.ts";
import { contactAt, customer } from "./shapes.ts";

const DATA = path.join(root, "../shared/data");
const SUITE = path.join(DATA, "bad-jsontestsuite");
const NAUGHTY = path.join(DATA, "bad-blns/blns.json");
const AT_ONCE = 8;
const FREE_FIELDS = 20; // without a rule but a length: names, addresses, words

let rig: Rig;
let ask: Ask;
let customerId: string;

beforeAll(async () => {
  rig = await startRig();
  ask = asking(rig.url, (await newcomer(rig)).token);
  await made("/v1/fieldDefinitions", { key: "naughty", type: "TYPE_TEXT", labels: { en: "Naughty" } });
  ({ customerId } = await made("/v1/customers", { kind: "KIND_ORGANISATION", displayName: "林记茶行" }));
}, 60_000);
afterAll(() => rig?.stop());

async function made(where: string, body: object): Promise<{ customerId: string }> {
  const answer = await ask(where, { method: "POST", body: JSON.stringify(body) });
  expect(answer.status).toBe(200);
  return (await answer.json()) as { customerId: string };
}

const post = (body: NonNullable<RequestInit["body"]>, headers = {}) =>
  ask("/v1/customers", { method: "POST", body, headers });

async function each<T>(all: readonly T[], work: (one: T, index: number) => Promise<void>): Promise<void> {
  const left = [...all.entries()];
  const worker = async () => {
    for (let next = left.shift(); next; next = left.shift()) await work(next[1], next[0]);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

interface Verdict {
  readonly status: number;
  readonly reason: string;
  readonly fields: readonly string[];
}

async function verdictOf(answer: Response): Promise<Verdict> {
  const json = (await answer.json()) as { reason?: string; violations?: { field: string }[] };
  const fields = (json.violations ?? []).map(({ field }) => field);
  return { status: answer.status, reason: json.reason ?? "", fields };
}

test.skipIf(!existsSync(SUITE)).each([
  ["y", 95],
  ["n", 188],
  ["i", 35],
])(
  "the %s files of JSONTestSuite (skipped where ../shared/data is not there)",
  { timeout: 60_000 },
  async (kind, count) => {
    const files = readdirSync(SUITE).filter((name) => name.startsWith(`${kind}_`));
    expect(files.length).toBe(count);
    const wrong: string[] = [];
    await each(files, async (name) => {
      const verdict = await verdictOf(await post(readFileSync(path.join(SUITE, name))));
      if (!judged(kind, verdict)) wrong.push(`${name} ${JSON.stringify(verdict)}`);
    });
    expect(wrong).toEqual([]);
  },
);

/** None of them is a customer: what is JSON is refused by the contract, in its words. */
function judged(kind: string, { status, reason }: Verdict): boolean {
  if (kind === "y") return status === 400 && reason === "INVALID_REQUEST";
  if (kind === "n") return status === 400 && reason === "BROKEN_JSON";
  return status === 400 && ["INVALID_REQUEST", "BROKEN_JSON"].includes(reason);
}

const naughty = existsSync(NAUGHTY) ? (JSON.parse(readFileSync(NAUGHTY, "utf8")) as string[]) : [];

test.skipIf(naughty.length === 0)(
  "each naughty string in each text field is refused by name or comes back byte for byte",
  {
    timeout: 180_000,
  },
  async () => {
    expect(naughty.length).toBe(515);
    const resources: Resource[] = [customer, contactAt(customerId)];
    const wrong: string[] = [];
    let taken = 0;
    await each(naughty, async (text, index) => {
      for (const resource of resources) {
        const fate = await send(ask, resource, text, index);
        wrong.push(...fate.wrong.map((what) => `${resource.path} ${JSON.stringify(text)}: ${what}`));
        taken += fate.taken;
      }
    });
    expect(wrong).toEqual([]);
    // Free text takes nearly all of them; else this would only prove that refusals are polite.
    expect(taken).toBeGreaterThan(naughty.length * FREE_FIELDS * 0.9);
  },
);

const PLACES = (text: string) => [
  `/v1/customers/${encodeURIComponent(text)}`,
  `/v1/customers:search?query=${encodeURIComponent(text)}`,
  `/v1/customers?filter=${encodeURIComponent(text)}`,
  `/v1/customers?filter=${encodeURIComponent(`display_name == ${JSON.stringify(text)}`)}`,
  `/v1/customers?order_by=${encodeURIComponent(text)}`,
  `/v1/customers?page_token=${encodeURIComponent(text)}`,
  `/v1/customers?${encodeURIComponent(text)}=1`,
];

test.skipIf(naughty.length === 0)(
  "a naughty string in a path or a query breaks nothing",
  { timeout: 120_000 },
  async () => {
    const broken: string[] = [];
    await each(naughty.flatMap(PLACES), async (where) => {
      const { status } = await ask(where);
      if (status >= 500) broken.push(`${status} ${where}`);
    });
    expect(broken).toEqual([]);
  },
);

const fresh = { kind: "KIND_ORGANISATION", displayName: "Good" };
const json = (more: object) => JSON.stringify({ ...fresh, ...more });
const deep = (depth: number) => `{"custom":{"a":${"[".repeat(depth)}${"]".repeat(depth)}}}`;

test.each<[what: string, body: string, field: string]>([
  ["an unknown field", json({ nickname: "x" }), "customer.nickname"],
  ["an unknown field deep inside", json({ source: { chanel: 1 } }), "customer.source.chanel"],
  ["a number for a text", json({ displayName: 7 }), "customer.display_name"],
  ["a text for a list", json({ tags: "vip" }), "customer.tags"],
  ["a list for an object", json({ source: [] }), "customer.source"],
  ["an unknown enum value", json({ kind: "KIND_ROBOT" }), "customer.kind"],
  ["a day that is no number", json({ birthDate: { year: "soon" } }), "customer.birth_date.year"],
  ["a time that is none", json({ source: { firstTouchTime: "now" } }), "customer.source.first_touch_time"],
  ["a custom field that nobody defined", json({ custom: { nobody: 1 } }), "customer.custom.nobody"],
  ["NUL", json({ displayName: "a\0b" }), "customer.display_name"],
  ["half of a surrogate pair", json({ tags: ["\ud800"] }), "customer.tags[0]"],
  ["the other half", json({ legalName: "a\udc00" }), "customer.legal_name"],
  ["a key that is a prototype", String.raw`{"custom":{"__proto__":1}}`, "customer.custom"],
  ["no name", json({ displayName: "" }), "customer.display_name"],
  ["201 characters", json({ displayName: "x".repeat(201) }), "customer.display_name"],
  ["an owner that is no id", json({ ownerId: "lin" }), "customer.owner_id"],
])("%s is refused by its name", async (_, body, field) => {
  expect(await verdictOf(await post(body))).toMatchObject({
    status: 400,
    fields: expect.arrayContaining([field]),
  });
});

test("what is nested 100,000 deep is refused", async () => {
  expect(await verdictOf(await post(deep(100_000)))).toMatchObject({ status: 400 });
  expect(await verdictOf(await post("[".repeat(100_000)))).toMatchObject({
    status: 400,
    reason: "BROKEN_JSON",
  });
});

test("a body above the limit is 413, another type than JSON 415", async () => {
  const large = json({ displayName: "x".repeat(1_000_001) });
  expect(await verdictOf(await post(large))).toMatchObject({ status: 413, reason: "PAYLOAD_TOO_LARGE" });
  for (const type of [
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/json; charset=utf-16",
    "nonsense",
  ])
    expect((await post(json({}), { "content-type": type })).status, type).toBe(415);
});

test.each([
  ["DELETE", "/v1/customers", 405],
  ["PUT", "/v1/customers/01a1ffeb-0000-7000-8000-000000000000", 405],
  ["GET", "/v1/nothing", 404],
  ["POST", "/v1/customers/01a1ffeb-0000-7000-8000-000000000000:explode", 405],
  ["GET", "/v1/customers/", 404],
  ["GET", "/v1/customers/not-an-id", 400],
  ["GET", "/v1/customers/%ff", 400],
  ["GET", "/v1/customers/01a1ffeb-0000-7000-8000-000000000000", 404],
  ["GET", "/v1/customers?page_token=nonsense", 400],
  ["GET", "/v1/customers?page_token=eyJhIjoxfQ", 400],
  ["GET", "/v1/customers?page_size=201", 400],
  ["GET", "/v1/customers?page_size=-1", 400],
  ["GET", "/v1/customers?page_size=many", 400],
  ["GET", "/v1/customers?page_size=99999999999999999999", 400],
  ["GET", "/v1/customers?page_size=1&page_size=2", 400],
  ["GET", "/v1/customers?filter=a&filter=b", 400],
  ["GET", "/v1/customers?filter=grade%20==", 400],
  ["GET", "/v1/customers?filter=nobody%20==%201", 400],
  ["GET", "/v1/customers?filter=grade%20==%201", 400],
  ["GET", `/v1/customers?filter=${"(".repeat(2_000)}`, 400],
  ["GET", `/v1/customers?filter=${encodeURIComponent('grade == "A"'.padEnd(2_049))}`, 400],
  ["GET", "/v1/customers?order_by=legal_name", 400],
  ["GET", "/v1/customers?order_by=create_time%20sideways", 400],
  ["GET", "/v1/customers?include_archived=perhaps", 400],
  ["GET", "/v1/customers?nobody=1", 400],
  ["GET", "/v1/customers:batchGet", 400],
  ["GET", "/v1/customers:batchGet?customer_ids=x", 400],
  ["GET", "/v1/customers:search", 400],
])("%s %s is %i", async (method, where, status) => {
  const answer = await ask(where, { method });
  expect([answer.status, answer.headers.get("content-type")]).toEqual([
    status,
    expect.stringMatching(/^application\/problem\+json/),
  ]);
  if (status === 405) expect(answer.headers.get("allow")).toMatch(/GET/);
});

test("none of all this was a failure of ours", () => {
  expect(rig.failures).toEqual([]);
});
