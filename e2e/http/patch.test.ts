// RFC 7396: what was sent changes, inside objects too; a null clears; a list is replaced as a whole.
import { afterAll, beforeAll, expect, test } from "vitest";
import { fieldsOf, type Newcomer, newcomer, type Rig, startRig } from "./rig.ts";

let rig: Rig;
let lin: Newcomer;

beforeAll(async () => {
  rig = await startRig();
  lin = await newcomer(rig);
  for (const key of ["a_1", "b_2"])
    await lin.ask("POST", "/v1/fieldDefinitions", { json: { key, type: "TYPE_TEXT" } });
});
afterAll(() => rig.stop());

const BEFORE = {
  kind: "KIND_PERSON",
  displayName: "张三",
  industry: "metal",
  custom: { a_1: "a", b_2: "b" },
  preferences: { preferredChannel: "CHANNEL_WECHAT", language: "zh-CN", topics: ["steel", "tin"] },
  contactPoints: [
    { kind: "KIND_EMAIL", value: "a@example.com" },
    { kind: "KIND_WECHAT", value: "zhang3" },
  ],
};

const registered = async () => (await lin.ask("POST", "/v1/customers", { json: BEFORE })).json;

/** What is different after it, by the JSON of each field. */
async function changedBy(json: object, type = "application/merge-patch+json") {
  const before = await registered();
  const headers = { "if-match": `"${before.etag as string}"`, "content-type": type };
  const path = `/v1/customers/${before.customerId as string}`;
  const { status, json: answer } = await lin.ask("PATCH", path, { json, headers });
  if (status !== 200) return { status, ...answer };
  const { json: after } = await lin.ask("GET", path);
  expect(after).toEqual(answer);
  const { etag: _, updateTime: _time, completeness: _sum, duplicateCandidates: _others, ...fields } = after;
  return Object.fromEntries(
    Object.entries(fields).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name])),
  );
}

const CHANGES: [what: string, sent: object, changed: object][] = [
  ["one field", { industry: "glass" }, { industry: "glass" }],
  ["a field by null", { industry: null }, { industry: "" }],
  ["one custom field", { custom: { a_1: "new" } }, { custom: { a_1: "new", b_2: "b" } }],
  ["one custom field by null", { custom: { a_1: null } }, { custom: { b_2: "b" } }],
  ["all custom fields by null", { custom: null }, { custom: {} }],
  ["nothing by an empty object", { custom: {}, preferences: {} }, {}],
  ["nothing at all", {}, {}],
  ["one preference", { preferences: { language: "en" } }, { preferences: prefer({ language: "en" }) }],
  ["one preference by null", { preferences: { language: null } }, { preferences: prefer({ language: "" }) }],
  ["a list inside", { preferences: { topics: ["tin"] } }, { preferences: prefer({ topics: ["tin"] }) }],
  ["an empty list inside", { preferences: { topics: [] } }, { preferences: prefer({ topics: [] }) }],
  [
    "a list",
    { contactPoints: [{ kind: "KIND_OTHER", value: "x" }] },
    { contactPoints: [point("KIND_OTHER", "x")] },
  ],
  ["a list to nothing", { contactPoints: [] }, { contactPoints: [] }],
  [
    "by names of the proto",
    { display_name: "李四", contact_points: null },
    { displayName: "李四", contactPoints: [] },
  ],
  ["what is read only, by no means", { core: true, completeness: 100, etag: "9", city: "x" }, {}],
];

function prefer(more: object) {
  return { ...BEFORE.preferences, contactHours: [], timeZone: "", ...more };
}
function point(kind: string, value: string) {
  return { kind, value, normalised: "", label: "", primary: false };
}

test.for(CHANGES)("changes %s", async ([, sent, changed]) => {
  expect(await changedBy(sent)).toEqual(changed);
});

test("application/json is read the same way", async () => {
  expect(await changedBy({ custom: { a_1: null } }, "application/json")).toEqual({ custom: { b_2: "b" } });
});

const REFUSED: [what: string, sent: object, field: string][] = [
  ["what does not keep the rules", { displayName: "" }, "customer.display_name"],
  ["a null where something is needed", { displayName: null }, "customer.display_name"],
  ["a field that does not exist", { custom: { c_3: "x" } }, "customer.custom.c_3"],
  ["a wrong type far inside", { preferences: { topics: [5] } }, "customer.preferences.topics[0]"],
  ["what never changes", { kind: "KIND_ORGANISATION" }, "update_mask"],
  ["what has a verb of its own", { tags: ["vip"] }, "update_mask"],
];

test.for(REFUSED)("refuses %s", async ([, sent, field]) => {
  const { status, ...json } = (await changedBy(sent)) as { status: number; violations: [] };
  expect([status, fieldsOf({ status, json, headers: new Headers() })]).toEqual([400, [field]]);
});

test("an explicit mask takes from the body what it names, and no more", async () => {
  const before = await registered();
  const headers = { "if-match": `"${before.etag as string}"` };
  const path = `/v1/customers/${before.customerId as string}?updateMask=industry,displayName`;
  const { status, json } = await lin.ask("PATCH", path, {
    json: { displayName: "李四", custom: { a_1: "new" } },
    headers,
  });
  expect([status, json.displayName, json.industry, json.custom]).toEqual([200, "李四", "", BEFORE.custom]);
});
