// RFC 8259 to the letter, and what JSON can say but the inside cannot keep. Never a 5xx, always the field.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ask, startRig, type Answer, type Rig } from "./rig.ts";

let rig: Rig;
beforeAll(async () => void (rig = await startRig()));
afterAll(() => rig.stop());

const keep = (body: string | Uint8Array, headers: Record<string, string> = {}): Promise<Answer> =>
  ask(`${rig.url}/v1/anything`, {
    method: "POST",
    body: body as string,
    headers: { "content-type": "application/json", ...headers },
  });
const field = ({ json }: Answer) => json.violations[0].field as string;

const BROKEN: [what: string, body: string | Uint8Array][] = [
  ["nothing", ""],
  ["an open brace", "{"],
  ["a comma too many", '{"text":"a",}'],
  ["single quotes", "{'text':'a'}"],
  ["a name without quotes", '{text:"a"}'],
  ["a comment", '{"text":"a"/**/}'],
  ["two values", "{} {}"],
  ["NaN", '{"weight":NaN}'],
  ["a plus sign", '{"weight":+1}'],
  ["a leading zero", '{"weight":01}'],
  ["a raw NUL in a text", '{"text":"a\0b"}'],
  ["a raw tab in a text", '{"text":"a\tb"}'],
  ["a byte order mark", Buffer.from('\ufeff{"text":"a"}')],
  ["UTF-16", Buffer.from('{"text":"a"}', "utf16le")],
  ["a byte that is no UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
  ["half of a surrogate pair in bytes", Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
  ["an overlong NUL", Buffer.from([0x22, 0xc0, 0x80, 0x22])],
  ["100,000 open brackets", "[".repeat(100_000)],
  ["100,000 open braces", '{"":'.repeat(100_000)],
];

test.for(BROKEN)("%s is not JSON", async ([, body]) => {
  const answer = await keep(body);
  expect([answer.status, answer.json.reason]).toEqual([400, "BROKEN_JSON"]);
  expect(answer.json.violations).toHaveLength(1);
});

test.for(["null", "true", "7", '"text"', "[]", '[{"text":"a"}]', " \n[1]\t "])(
  "%s is JSON, but no request",
  async (body) => {
    const answer = await keep(body);
    expect([answer.status, answer.json.reason, field(answer)]).toEqual([400, "INVALID_REQUEST", "anything"]);
  },
);

const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);

const UNKEEPABLE: [what: string, body: string, field: string][] = [
  ["NUL in a text", String.raw`{"text":"a\u0000b"}`, "anything.text"],
  ["half of a surrogate pair", String.raw`{"text":"\ud800"}`, "anything.text"],
  ["the other half", String.raw`{"lines":["a","\udc00\ud800"]}`, "anything.lines[1]"],
  [
    "NUL in a field of one's own",
    String.raw`{"fields":{"size":{"de":["\u0000"]}}}`,
    "anything.fields.size.de[0]",
  ],
  ["NUL in the name of one", String.raw`{"fields":{"a\u0000":1}}`, "anything.fields"],
  ["NUL in the key of a map", String.raw`{"words":{"\u0000":"a"}}`, "anything.words"],
  ["a key that is no key", '{"fields":{"__proto__":{"admin":true}}}', "anything.fields"],
  ["a number beyond the largest", '{"weight":1e999}', "anything.weight"],
  ["the same in a field of one's own", '{"fields":{"n":-1e999}}', "anything.fields.n"],
  ["an int64 as a number that is not exact", '{"count":9007199254740993}', "anything.count"],
  ["a text for a number", '{"weight":"heavy"}', "anything.weight"],
  ["a wrong type in a map", '{"words":{"a":1}}', "anything.words"],
  ["99,999 brackets, all closed", `{"value":${nested(99_999)}}`, `anything.value${"[0]".repeat(30)}`],
];

test.for(UNKEEPABLE)("%s is refused, and the field named", async ([, body, where]) => {
  const answer = await keep(body);
  expect([answer.status, answer.json.reason]).toEqual([400, "INVALID_REQUEST"]);
  expect(field(answer)).toBe(where);
});

test("what can be kept comes back as it was sent", async () => {
  const sent = {
    value: [null, [{ deep: 1.5 }], "\u2028 \\ 客户 👩‍👩‍👧 \u0001"],
    fields: { "": 0, "a.b": "x", constructor: { toString: null } },
    text: "\u{10ffff}\r\n",
    words: { 客: "户" },
    lines: ["", " "],
    count: "-9223372036854775808",
    weight: 1e-7,
    byName: "",
  };
  const { status, json } = await keep(JSON.stringify(sent));
  expect(status).toBe(200);
  expect(json).toEqual(sent);
  expect((await keep('{"text":"a","text":"b"}')).json.text).toBe("b");
  expect((await keep(`{"value":${nested(29)}}`)).status).toBe(200);
});

test("NUL and broken UTF-8 are refused in path and query too", async () => {
  const nul = await ask(`${rig.url}/v1/customers/a%00b`);
  expect([nul.status, field(nul)]).toEqual([400, "customer_id"]);
  const query = await ask(`${rig.url}/v1/customers?pageToken=%00`);
  expect([query.status, field(query)]).toEqual([400, "page_token"]);
  expect((await ask(`${rig.url}/v1/customers?%FF=1`)).status).toBe(400);
});

test("too large, of another kind, or compressed", async () => {
  const text = JSON.stringify({ text: "a".repeat(1_000_000) });
  const large = await keep(text);
  expect([large.status, large.json.reason]).toEqual([413, "PAYLOAD_TOO_LARGE"]);
  const streamed = await ask(`${rig.url}/v1/anything`, {
    method: "POST",
    body: new Blob([text]).stream(),
    headers: { "content-type": "application/json" },
    ...{ duplex: "half" },
  });
  expect(streamed.status).toBe(413);
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=gbk", ""])
    expect((await keep("{}", { "content-type": type })).status, type).toBe(415);
  expect((await keep("{}", { "content-type": "application/merge-patch+json; charset=UTF-8" })).status).toBe(
    200,
  );
  expect((await keep("{}", { "content-encoding": "gzip" })).status).toBe(415);
});

const SUITE = join(import.meta.dirname, "../../../../shared/data/bad-jsontestsuite");
const isHere = existsSync(SUITE);
const absent = isHere ? "" : " (skipped: ../shared/data is not at hand)";
const files = isHere ? readdirSync(SUITE).filter((name) => /^[yni]_.*\.json$/.test(name)) : [];

test.skipIf(!isHere)(`nst/JSONTestSuite: y_ are JSON, n_ are not, i_ are one of both${absent}`, async () => {
  expect(files).toHaveLength(318);
  for (const name of files) {
    const body = readFileSync(join(SUITE, name));
    const { status, json } = await keep(body);
    if (name.startsWith("n_")) expect([status, json.reason], name).toEqual([400, "BROKEN_JSON"]);
    else expect([200, 400], name).toContain(status);
    if (name.startsWith("y_")) expect(json.reason, name).not.toBe("BROKEN_JSON");
  }
});

const ASIDE = "as a value of one's own, y_ comes back as it was sent where the inside can keep it";
test.skipIf(!isHere)(`${ASIDE}${absent}`, async () => {
  for (const name of files.filter((each) => /^[yi]_/.test(each))) {
    const body = readFileSync(join(SUITE, name));
    const answer = await keep(Buffer.concat([Buffer.from('{"value":'), body, Buffer.from("}")]));
    expect([200, 400], name).toContain(answer.status);
    if (!name.startsWith("y_")) continue;
    const value = JSON.parse(body.toString()) as unknown;
    const keepable = !/(?<!\\)(\\\\)*\\u(0000|d[89a-f])/.test(JSON.stringify(value));
    expect(answer.status, name).toBe(keepable ? 200 : 400);
    // -0 is written as 0 in JSON by JavaScript itself
    if (keepable) expect(JSON.stringify(answer.json.value), name).toBe(JSON.stringify(value));
  }
});
