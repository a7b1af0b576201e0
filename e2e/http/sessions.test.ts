// Sessions at the front door: real servers, and what a browser and those who mean it harm would send.
import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateUserRequest,
  DeactivateUserRequest,
  UserServiceService,
} from "@guanxi/contract/guanxi/identity/v1/user_service";
import { site } from "@guanxi/kit/site";
import { afterAll, expect, test } from "vitest";
import { hashOfKey } from "../../services/identity/src/sessions/session.ts";
import { ISSUER } from "../../services/identity/test/rig.ts";
import { browser, OURS, send, startSessions } from "./session-rig.ts";

const rig = await startSessions();
afterAll(() => rig.stop());
const { identity, person } = rig;
const { url } = await rig.gateway();
const other = await rig.gateway();
const lin = person.subject;

async function signedIn(at = url) {
  const page = browser(at);
  expect(await page.signIn(lin)).toMatchObject({ status: 201, json: { signedIn: true } });
  return page;
}
const older = (key: string, column: string, by: string) =>
  identity.admin.query(`update sessions set ${column} = ${column} - $2::interval where key_hash = $1`, [
    hashOfKey(key),
    by,
  ]);
/** How a stream is answered, which is given up at once. */
async function streams(at: string, cookie: string): Promise<number> {
  const asking = get(`${at}/v1/stream`, { headers: { ...OURS, cookie } });
  const [res] = (await once(asking, "response")) as [IncomingMessage];
  res.destroy();
  return res.statusCode!;
}
const over = { status: 401, json: { reason: "INVALID_SESSION" } };

test("R047 one signs in as a demo person, is somebody, and signs out", async () => {
  const page = browser(url);
  const before = await page.ask("GET", "/session");
  expect(before.json).toEqual({ signedIn: false, people: [person, expect.anything()] });
  expect(await page.ask("GET", "/v1/me")).toMatchObject({ status: 401 });

  const began = await page.signIn(lin);
  expect(began).toMatchObject({ status: 201, headers: { "cache-control": "no-store" } });
  expect(began.cookies).toEqual([
    expect.stringMatching(/^guanxi=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/),
  ]);
  expect((await page.ask("GET", "/session")).json).toEqual({ signedIn: true });
  const me = await page.ask("GET", "/v1/me");
  expect(me).toMatchObject({
    status: 200,
    headers: { "cache-control": "private, no-store" },
    json: {
      user: { displayName: "林晓", subject: lin },
      tenant: { tenantId: rig.tenantId, timeZone: "Asia/Shanghai", currencyCode: "CNY" },
      grants: [{ resource: "*", action: "*" }],
    },
  });

  const ended = await page.ask("DELETE", "/session");
  expect([ended.status, ended.text]).toEqual([204, ""]);
  expect(ended.cookies).toEqual(["guanxi=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0"]);
  expect((await page.ask("GET", "/session")).json).toMatchObject({ signedIn: false });
});

test("one signs in with an id token of the company's issuer", async () => {
  const page = browser(url);
  const idToken = await identity.idToken({ claims: { sub: lin } });
  expect((await page.ask("POST", "/session", { json: { idToken, tenantId: rig.tenantId } })).status).toBe(
    201,
  );
  expect((await page.ask("GET", "/v1/me")).json.user).toMatchObject({ subject: lin });
  const wrong = await browser(url).ask("POST", "/session", { json: { idToken: "x" } });
  expect(wrong).toMatchObject({ status: 401, json: { reason: "INVALID_SUBJECT_TOKEN" }, cookies: [] });
});

test.for<[string, unknown]>([
  ["somebody who is none of the people", { person: "zhou" }],
  ["nobody", {}],
  ["two things at once", { person: "lin", idToken: "x" }],
  ["a list", ["lin"]],
  ["no text", { person: 7 }],
])("to sign in as %s is refused as a fault of the request", async ([, json]) => {
  const answer = await browser(url).ask("POST", "/session", { json });
  expect(answer).toMatchObject({ status: 400, json: { reason: "INVALID_REQUEST" }, cookies: [] });
});

test("a demo person whom identity does not know gets no session", async () => {
  expect(await browser(url).signIn("stranger")).toMatchObject({
    status: 401,
    json: { reason: "INVALID_SUBJECT_TOKEN" },
    cookies: [],
  });
});

test("no answer holds a token or tells the key again", async () => {
  const page = browser(url);
  const answers = [await page.signIn(lin)];
  for (const path of ["/session", "/v1/me", "/v1/users", "/v1/tenant", "/v1/nothing"])
    answers.push(await page.ask("GET", path));
  const key = page.key();
  for (const { text, headers, cookies } of answers) {
    const all = text + JSON.stringify({ ...headers, "set-cookie": undefined });
    expect(all).not.toMatch(/eyJ[\w-]+\.eyJ/);
    expect(all).not.toContain(key);
    expect(cookies.length).toBe(headers["set-cookie"]?.length ?? 0);
  }
});

test("a bearer token wins over the cookie, and needs no page of ours", async () => {
  const page = await signedIn();
  const other = { displayName: "周", issuer: ISSUER, subject: `zhou-${Date.now()}` };
  const boss = await identity.signIn(lin);
  const { userId } = await boss(
    UserServiceService.createUser,
    CreateUserRequest.fromPartial({ user: other }),
  );
  await identity.settled();
  const { accessToken } = await identity.exchange(await identity.idToken({ claims: { sub: other.subject } }));
  const headers = { authorization: `Bearer ${accessToken}`, "sec-fetch-site": "cross-site" };
  const me = await send("GET", `${url}/v1/me`, { cookie: page.cookie()!, headers });
  expect(me.json.user).toMatchObject({ userId });
  const broken = await send("GET", `${url}/v1/me`, {
    cookie: page.cookie()!,
    headers: { ...OURS, authorization: "Bearer x" },
  });
  expect(broken).toMatchObject({ status: 401, json: { reason: "UNAUTHENTICATED" }, cookies: [] });
});

const MATRIX: [string, string, Record<string, string>, number][] = [
  ["GET", "/v1/me", { "sec-fetch-site": "same-origin" }, 200],
  ["GET", "/v1/me", { "sec-fetch-site": "none" }, 200],
  ["GET", "/v1/me", { "sec-fetch-site": "cross-site" }, 403],
  ["GET", "/v1/me", { "sec-fetch-site": "same-site" }, 403],
  ["GET", "/v1/me", {}, 403],
  ["GET", "/session", { "sec-fetch-site": "cross-site" }, 403],
  ["PATCH", "/v1/tenant", { "sec-fetch-site": "same-origin" }, 403],
  ["PATCH", "/v1/tenant", { "sec-fetch-site": "cross-site", "x-guanxi-console": "1" }, 403],
  ["PATCH", "/v1/tenant", { origin: "http://evil.example", "x-guanxi-console": "1" }, 403],
  ["PATCH", "/v1/tenant", OURS, 428],
  ["PATCH", "/v1/tenant", { origin: url, "x-guanxi-console": "1" }, 428],
  ["POST", "/session", { "sec-fetch-site": "cross-site", "x-guanxi-console": "1" }, 403],
  ["POST", "/session", { "sec-fetch-site": "same-origin" }, 403],
  ["DELETE", "/session", { "sec-fetch-site": "cross-site", "x-guanxi-console": "1" }, 403],
  ["DELETE", "/session", { "sec-fetch-site": "same-origin" }, 403],
];

test.for(MATRIX)("with the cookie, %s %s %j is answered %i", async ([method, path, headers, status]) => {
  const page = await signedIn();
  const json = path === "/session" ? { person: lin } : { displayName: "夜" };
  const answer = await send(method, url + path, {
    cookie: page.cookie()!,
    headers,
    ...((method === "POST" || method === "PATCH") && { json }),
  });
  expect(answer.status).toBe(status);
  if (status !== 403) return;
  expect([answer.json.reason, answer.cookies]).toEqual(["CSRF", []]);
  expect((await page.ask("GET", "/session")).json).toEqual({ signedIn: true }); // it has ended nothing either
});

test("nobody is signed in by a foreign page: not even the first sign-in is forged", async () => {
  const foreign: Record<string, string>[] = [
    {},
    { "sec-fetch-site": "cross-site" },
    { origin: "http://evil.example" },
  ];
  for (const headers of foreign) {
    const forged = await send("POST", `${url}/session`, { json: { person: lin }, headers });
    expect(forged).toMatchObject({ status: 403, json: { reason: "CSRF" }, cookies: [] });
  }
});

test("what is open to anybody does not look at the cookie", async () => {
  const headers = { "sec-fetch-site": "cross-site" };
  const answer = await send("POST", `${url}/v1/token:exchange`, { json: {}, headers, cookie: "guanxi=x" });
  expect(answer).toMatchObject({ status: 400, cookies: [] });
});

test("a sign-out holds at every gateway at once, also for whoever has taken the cookie", async () => {
  const page = await signedIn();
  const thief = { cookie: page.cookie()!, headers: OURS };
  for (const at of [url, other.url]) expect((await send("GET", `${at}/v1/me`, thief)).status).toBe(200);
  await page.ask("DELETE", "/session");
  for (const at of [url, other.url]) {
    expect(await send("GET", `${at}/v1/me`, thief)).toMatchObject(over);
  }
});

test("signing in as somebody ends the session that there was", async () => {
  const page = await signedIn();
  const before = page.cookie()!;
  await page.signIn(lin);
  expect(page.cookie()).not.toBe(before);
  const late = { cookie: before, headers: OURS };
  // Such an answer may come after the sign-in, and must not take the new cookie away.
  expect(await send("GET", `${url}/v1/me`, late)).toMatchObject({ ...over, cookies: [] });
  expect(await send("GET", `${url}/session`, late)).toMatchObject({ json: { signedIn: false }, cookies: [] });
  expect((await page.ask("GET", "/v1/me")).status).toBe(200);
});

test("a gateway that begins anew knows the sessions that there are", async () => {
  const first = await rig.gateway();
  const page = await signedIn(first.url);
  await first.stop();
  const second = await rig.gateway();
  const me = await send("GET", `${second.url}/v1/me`, { cookie: page.cookie()!, headers: OURS });
  expect(me.status).toBe(200);
});

test("half an hour without use ends a session, and twelve hours with it", async () => {
  const idle = await signedIn();
  await idle.ask("GET", "/v1/me");
  await older(idle.key(), "use_time", "31 minutes");
  expect(await idle.ask("GET", "/v1/me")).toMatchObject(over);
  const old = await signedIn();
  await old.ask("GET", "/v1/me");
  await older(old.key(), "expire_time", "12 hours");
  expect(await old.ask("GET", "/v1/me")).toMatchObject(over);
});

test("a page that only asks by itself is signed out after half an hour, one that somebody uses is not", async () => {
  const heard = await rig.gateway({ bus: { natsUrl: identity.nats.url, natsStream: "GUANXI" } });
  const [left, used] = [await signedIn(heard.url), await signedIn(heard.url)];
  const unattended = { headers: { "x-guanxi-unattended": "1" } };
  const looksAgain = async (page: typeof left) => {
    expect((await page.ask("GET", "/v1/me", unattended)).status).toBe(200);
    expect((await page.ask("GET", "/session", unattended)).json).toEqual({ signedIn: true });
    expect(await streams(heard.url, page.cookie()!)).toBe(200);
  };
  for (const page of [left, used]) {
    await older(page.key(), "use_time", "20 minutes");
    await looksAgain(page);
  }
  expect((await used.ask("GET", "/v1/me")).status).toBe(200);
  for (const page of [left, used]) await older(page.key(), "use_time", "11 minutes");
  await looksAgain(used);
  expect(await left.ask("GET", "/v1/me", unattended)).toMatchObject(over);
  expect(await left.ask("GET", "/v1/me")).toMatchObject(over);
  expect(await streams(heard.url, left.cookie()!)).toBe(401);
});

test("who is shut out is out with the next request", async () => {
  const boss = await identity.signIn(lin);
  const user = { displayName: "王磊", issuer: ISSUER, subject: `wang-${Date.now()}` };
  const { userId } = await boss(UserServiceService.createUser, CreateUserRequest.fromPartial({ user }));
  await identity.settled();
  const page = browser(url);
  await page.ask("POST", "/session", {
    json: { idToken: await identity.idToken({ claims: { sub: user.subject } }) },
  });
  expect((await page.ask("GET", "/v1/me")).json.user).toMatchObject({ userId });
  await boss(UserServiceService.deactivateUser, DeactivateUserRequest.fromPartial({ userId }));
  expect(await page.ask("GET", "/v1/me")).toMatchObject(over);
});

test.for(["", "x", "a".repeat(43), "a".repeat(5000), "%00"])(
  "a key that is none (%#) is an ended session",
  async (key) => {
    const cookie = `guanxi=${key}`;
    const answer = await send("GET", `${url}/v1/me`, { cookie, headers: OURS });
    expect(answer).toMatchObject({ ...over, cookies: [] });
    expect(await send("GET", `${url}/session`, { cookie, headers: OURS })).toMatchObject({
      status: 200,
      json: { signedIn: false },
      cookies: [],
    });
    expect((await send("DELETE", `${url}/session`, { cookie, headers: OURS })).status).toBe(204);
  },
);

test("behind HTTPS the cookie is __Host-, and no other counts", async () => {
  const secured = await rig.gateway({ publicUrl: "https://crm.example.com" });
  const headers = { ...OURS, host: "crm.example.com" };
  const began = await send("POST", `${secured.url}/session`, { json: { person: lin }, headers });
  expect(began.cookies).toEqual([
    expect.stringMatching(/^__Host-guanxi=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/),
  ]);
  const key = /=([\w-]{43});/.exec(began.cookies[0]!)![1]!;
  const me = (cookie: string) => send("GET", `${secured.url}/v1/me`, { cookie, headers });
  expect((await me(`__Host-guanxi=${key}`)).status).toBe(200);
  expect((await me(`guanxi=${key}`)).status).toBe(401);
});

test("a page that has its own name lead here signs nobody in", async () => {
  for (const host of ["evil.example", "evil.example:8080"]) {
    const headers = { ...OURS, host, origin: `http://${host}` };
    const answer = await send("POST", `${url}/session`, { json: { person: lin }, headers });
    expect(answer).toMatchObject({ status: 403, json: { reason: "STRANGE_HOST" }, cookies: [] });
  }
});

test("without demo people there are none, and an id token still signs in", async () => {
  const company = await rig.gateway({ demoSignIn: undefined });
  const page = browser(company.url);
  expect((await page.ask("GET", "/session")).json).toEqual({ signedIn: false, people: [] });
  expect((await page.signIn(lin)).status).toBe(400);
  const idToken = await identity.idToken({ claims: { sub: lin } });
  expect((await page.ask("POST", "/session", { json: { idToken } })).status).toBe(201);
});

test("/session knows three verbs, and HEAD", async () => {
  const page = await signedIn();
  const put = await page.ask("PUT", "/session", { json: {} });
  expect([put.status, put.headers.allow]).toEqual([405, "GET, POST, DELETE, OPTIONS"]);
  const head = await page.ask("HEAD", "/session");
  expect([head.status, head.text]).toEqual([200, ""]);
});

test("the gateway shows the console's pages, and a path of the API is never one", async () => {
  const folder = mkdtempSync(join(tmpdir(), "console-"));
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), '<meta nonce="__NONCE__">');
  writeFileSync(join(folder, "assets/a.js"), "1");
  const shown = await rig.gateway({ pages: site(folder) });
  const html = { accept: "text/html" };
  const at = (path: string, method = "GET") => send(method, `${shown.url}${path}`, { headers: html });
  const page = await at("/customers/1");
  expect(page).toMatchObject({ status: 200, headers: { "cache-control": "no-store" } });
  expect(page.headers["content-security-policy"]).toContain("default-src 'none'");
  expect((await at("/assets/a.js")).headers["cache-control"]).toContain("immutable");
  expect((await at("/", "HEAD")).text).toBe("");
  for (const path of ["/v1/nothing", "/v1/me", "/assets/%2e%2e/index.html", "/assets/../../etc/passwd"])
    expect((await at(path)).headers["content-type"]).toContain("application/problem+json");
  expect((await at("/openapi.json")).json.openapi).toBe("3.1.1");
  expect((await at("/session")).json).toMatchObject({ signedIn: false });
  expect((await at("/customers", "POST")).status).toBe(404);
  rmSync(folder, { recursive: true });
});
