// What somebody sees who follows a link of ours: no JSON, no token, and whatever a mail program makes of it.
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Rig, startRig } from "./rig.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.stop());

const follow = (path: string, init: RequestInit = {}) =>
  fetch(`${rig.url}/v1/links/${path}`, { redirect: "manual", ...init });
const leave = (init: RequestInit) => fetch(`${rig.url}/v1/leaves/t1`, { method: "POST", ...init });

test("a link leads elsewhere, keeps its address to itself, and is kept nowhere", async () => {
  const { status, headers } = await follow("t1?utm_source=letter&prefetch=true");
  expect([status, headers.get("location")]).toEqual([302, "https://shop.example/?seen=true"]);
  expect(headers.get("referrer-policy")).toBe("no-referrer");
  expect(headers.get("cache-control")).toBe("no-store");
});

test("who only looks ahead is told so to the service", async () => {
  const looks: RequestInit[] = [
    { method: "HEAD" },
    { headers: { "sec-purpose": "prefetch;prerender" } },
    { headers: { "x-moz": "prefetch" } },
    { headers: { purpose: "preview" } },
  ];
  for (const look of looks)
    expect((await follow("t1", look)).headers.get("location")).toBe("https://shop.example/?seen=false");
});

test("nothing but a web address is led to", async () => {
  const { status, headers } = await follow("script");
  expect([status, headers.get("location")]).toEqual([500, null]);
});

test("RFC 8058: a form of either kind arrives, without a token, and the answer is a page that runs nothing", async () => {
  const data = new FormData();
  data.set("List-Unsubscribe", "One-Click");
  data.set("file", new Blob(["x"]), "x.txt");
  const bodies = [new URLSearchParams({ "List-Unsubscribe": "One-Click", other: "x" }), data];
  for (const body of bodies) {
    const answer = await leave({ body, headers: { "accept-language": "zh-CN,zh;q=0.9" } });
    expect(await answer.text()).toBe("t1 zh-CN,zh;q=0.9 One-Click");
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
  }
  expect(await (await leave({})).text()).toBe("t1 * ");
});

test("what is no form is refused", async () => {
  const json = await leave({ body: "{}", headers: { "content-type": "application/json" } });
  expect([json.status, ((await json.json()) as { reason: string }).reason]).toEqual([
    415,
    "UNSUPPORTED_MEDIA_TYPE",
  ]);
  const broken = await leave({ body: "x", headers: { "content-type": "multipart/form-data; boundary=b" } });
  expect([broken.status, ((await broken.json()) as { reason: string }).reason]).toEqual([400, "BROKEN_FORM"]);
});
