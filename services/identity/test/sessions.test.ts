import { randomUUID } from "node:crypto";
import {
  CreateSessionRequest,
  SessionServiceService,
} from "@guanxi/contract/guanxi/identity/v1/session_service";
import {
  CreateUserRequest,
  DeactivateUserRequest,
  ReactivateUserRequest,
  UserServiceService,
} from "@guanxi/contract/guanxi/identity/v1/user_service";
import { openDb } from "@guanxi/kit/db";
import { decodeJwt } from "jose";
import { afterAll, expect, test } from "vitest";
import { hashOfKey } from "../src/sessions/session.ts";
import { aCompany, type IdToken, ISSUER, startIdentity } from "./rig.ts";

const identity = await startIdentity();
const { admin } = identity;
afterAll(() => identity.stop());

const lin = aCompany();
const { tenantId } = await identity.provision(lin);
await identity.settled();
const invalid = { code: "UNAUTHENTICATED", reason: "INVALID_SESSION", violations: [] };

const begin = async (subject: string, wanted = "", changes: IdToken = {}) =>
  identity.call(
    SessionServiceService.createSession,
    CreateSessionRequest.fromPartial({
      idToken: await identity.idToken({ ...changes, claims: { sub: subject, ...changes.claims } }),
      tenantId: wanted,
    }),
  );
const exchange = (sessionKey: string, unattended = false) =>
  identity.call(SessionServiceService.createSessionToken, { sessionKey, unattended });
const use = (sessionKey: string, unattended = false) =>
  identity.call(SessionServiceService.useSession, { sessionKey, unattended });
const end = (sessionKey: string) => identity.call(SessionServiceService.endSession, { sessionKey });

const older = (key: string, column: "use_time" | "expire_time", by: string) =>
  admin.query(`update sessions set ${column} = ${column} - $2::interval where key_hash = $1`, [
    hashOfKey(key),
    by,
  ]);
const kept = async (...keys: string[]) => {
  const { rowCount } = await admin.query("select from sessions where key_hash = any($1)", [
    keys.map(hashOfKey),
  ]);
  return rowCount;
};
const newcomer = async (displayName: string) => {
  const ask = await identity.signIn(lin.subject);
  const subject = randomUUID();
  const user = { displayName, issuer: ISSUER, subject };
  const made = await ask(UserServiceService.createUser, CreateUserRequest.fromPartial({ user }));
  await identity.settled();
  return { ...made, subject };
};

test("a session begins with an id token, and its key gives Guanxi tokens of the same person", async () => {
  const session = await begin(lin.subject);
  expect(session).toMatchObject({ displayName: "林晓", userId: expect.any(String) });
  expect(session.sessionKey).toMatch(/^[\w-]{43}$/);
  const answer = await exchange(session.sessionKey);
  expect(answer.expiresIn).toBe(300);
  expect(decodeJwt(answer.accessToken)).toMatchObject({
    sub: session.userId,
    tenant_id: tenantId,
    name: "林晓",
  });
  const minutesFromNow = (time: Date | undefined) => Math.round((time!.getTime() - Date.now()) / 60_000);
  expect(minutesFromNow(answer.times?.idleExpireTime)).toBe(30);
  expect(minutesFromNow(answer.times?.expireTime)).toBe(12 * 60);
});

test("the token of a session opens the company's door", async () => {
  const { sessionKey } = await begin(lin.subject);
  const { accessToken } = await exchange(sessionKey);
  await expect(identity.call(UserServiceService.getMe, {}, accessToken)).resolves.toMatchObject({
    user: { displayName: "林晓" },
  });
});

test("of a key nothing is kept but its hash", async () => {
  const { sessionKey } = await begin(lin.subject);
  const { rows } = await admin.query("select s::text as row from sessions s");
  expect(rows).not.toHaveLength(0);
  const hex = Buffer.from(sessionKey, "base64url").toString("hex");
  for (const { row } of rows as { row: string }[]) {
    expect(row).not.toContain(sessionKey);
    expect(row).not.toContain(hex);
  }
  expect(await kept(sessionKey)).toBe(1);
});

test.for<[string, string, IdToken]>([
  ["of nobody", "nobody", {}],
  ["for somebody else", lin.subject, { claims: { aud: "somebody" } }],
  ["of a service", "service:sales", { claims: { aud: "guanxi:services" } }],
])("no session begins with an id token %s, as no token is given for it", async ([, subject, changes]) => {
  await expect(begin(subject, "", changes)).rejects.toMatchObject({
    code: "UNAUTHENTICATED",
    reason: "INVALID_SUBJECT_TOKEN",
  });
});

test("a session is for one company: another than those of the person is refused", async () => {
  await expect(begin(lin.subject, randomUUID())).rejects.toMatchObject({ reason: "INVALID_SUBJECT_TOKEN" });
  const { sessionKey } = await begin(lin.subject, tenantId);
  await expect(use(sessionKey)).resolves.toBeDefined();
});

test("whatever is wrong with a key, the answer is the same", async () => {
  const { sessionKey } = await begin(lin.subject);
  const other = `${sessionKey.slice(0, -2)}${sessionKey.endsWith("AA") ? "BB" : "AA"}`;
  for (const wrong of ["", "x", other, hashOfKey(sessionKey)]) {
    await expect(exchange(wrong)).rejects.toMatchObject(invalid);
    await expect(use(wrong)).rejects.toMatchObject(invalid);
  }
});

test("a session that was ended is over at once, and ending it again is no fault", async () => {
  const { sessionKey } = await begin(lin.subject);
  await exchange(sessionKey);
  await end(sessionKey);
  await expect(use(sessionKey)).rejects.toMatchObject(invalid);
  await expect(exchange(sessionKey)).rejects.toMatchObject(invalid);
  await expect(end(sessionKey)).resolves.toEqual({});
});

test("a session ends half an hour after its last use, and each use puts that off", async () => {
  const { sessionKey } = await begin(lin.subject);
  await older(sessionKey, "use_time", "29 minutes");
  const { times } = await use(sessionKey);
  expect(times!.idleExpireTime!.getTime() - Date.now()).toBeGreaterThan(29 * 60_000);
  await older(sessionKey, "use_time", "29 minutes");
  await exchange(sessionKey);
  await older(sessionKey, "use_time", "31 minutes");
  await expect(use(sessionKey)).rejects.toMatchObject(invalid);
  await expect(exchange(sessionKey)).rejects.toMatchObject(invalid);
});

test("a session ends after twelve hours, however much it is used", async () => {
  const { sessionKey } = await begin(lin.subject);
  await older(sessionKey, "expire_time", "11 hours 50 minutes");
  const { times } = await use(sessionKey);
  expect(times!.idleExpireTime).toEqual(times!.expireTime);
  await older(sessionKey, "expire_time", "10 minutes");
  await expect(exchange(sessionKey)).rejects.toMatchObject(invalid);
});

test("a page that is merely open keeps no session alive", async () => {
  const { sessionKey } = await begin(lin.subject);
  await older(sessionKey, "use_time", "20 minutes");
  await use(sessionKey, true);
  await exchange(sessionKey, true);
  await older(sessionKey, "use_time", "11 minutes");
  await expect(use(sessionKey, true)).rejects.toMatchObject(invalid);
});

test("use is written down once a minute, not with every question", async () => {
  const { sessionKey } = await begin(lin.subject);
  const version = async () => {
    const { rows } = await admin.query("select xmin::text from sessions where key_hash = $1", [
      hashOfKey(sessionKey),
    ]);
    return (rows[0] as { xmin: string }).xmin;
  };
  const before = await version();
  await Promise.all(Array.from({ length: 20 }, () => use(sessionKey)));
  expect(await version()).toBe(before);
  await older(sessionKey, "use_time", "61 seconds");
  await Promise.all(Array.from({ length: 20 }, () => use(sessionKey)));
  const { rows } = await admin.query(
    "select now() - use_time < '10 s' as fresh from sessions where key_hash = $1",
    [hashOfKey(sessionKey)],
  );
  expect(rows).toEqual([{ fresh: true }]);
});

test("what nobody uses any more goes when somebody signs in", async () => {
  const [gone, alive] = [await begin(lin.subject), await begin(lin.subject)];
  await older(gone.sessionKey, "use_time", "31 minutes");
  const both = await Promise.all([begin(lin.subject), begin(lin.subject)]);
  expect(await kept(gone.sessionKey)).toBe(0);
  expect(await kept(alive.sessionKey, ...both.map(({ sessionKey }) => sessionKey))).toBe(3);
});

test("who is shut out has no session left, also not after they are let in again", async () => {
  const { userId, subject } = await newcomer("王磊");
  const { sessionKey } = await begin(subject);
  const others = await begin(lin.subject);
  const ask = await identity.signIn(lin.subject);
  await ask(UserServiceService.deactivateUser, DeactivateUserRequest.fromPartial({ userId }));
  await expect(use(sessionKey)).rejects.toMatchObject(invalid);
  await expect(begin(subject)).rejects.toMatchObject({ reason: "INVALID_SUBJECT_TOKEN" });
  await ask(UserServiceService.reactivateUser, ReactivateUserRequest.fromPartial({ userId }));
  await expect(exchange(sessionKey)).rejects.toMatchObject(invalid);
  await expect(use(others.sessionKey)).resolves.toBeDefined();
  await expect(begin(subject)).resolves.toBeDefined();
});

test("the service itself reads no session but by its key", async () => {
  const db = await openDb({ service: "identity", url: identity.database.urlOf("app") });
  for (const denied of [
    "select * from sessions",
    "select key_hash from sessions",
    "update sessions set use_time = now()",
  ])
    await expect(db.pool.query(denied)).rejects.toThrow("permission denied");
  const { rowCount } = await db.pool.query("select user_id from sessions");
  expect(rowCount).toBe(0);
  await db.close();
  const relay = await openDb({ service: "identity", url: identity.database.urlOf("relay") });
  await expect(relay.pool.query("select * from use_session('00', '1 hour', false)")).rejects.toThrow(
    "permission denied",
  );
  await relay.close();
});

test("who am I: the person with their grants, and the company, whatever they may do", async () => {
  const { userId, subject } = await newcomer("赵敏");
  const ask = await identity.signIn(subject);
  const me = await ask(UserServiceService.getMe, {});
  expect(me.user).toMatchObject({ userId, displayName: "赵敏", subject, grants: [] });
  expect(me.tenant).toMatchObject({ tenantId, timeZone: "Asia/Shanghai", currencyCode: "CNY" });
  const boss = await identity.signIn(lin.subject);
  await expect(boss(UserServiceService.getMe, {})).resolves.toMatchObject({
    grants: [{ resource: "*", action: "*" }],
  });
});

test("nobody is told who they are without a token, as a service, or after they were shut out", async () => {
  const getMe = UserServiceService.getMe;
  await expect(identity.call(getMe, {})).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  const service = await identity.exchange(
    await identity.idToken({ claims: { sub: "service:sales", aud: "guanxi:services" } }),
  );
  await expect(identity.call(getMe, {}, service.accessToken)).rejects.toMatchObject({
    reason: "PEOPLE_ONLY",
  });

  const { userId, subject } = await newcomer("陈静");
  const theirs = await identity.signIn(subject);
  await expect(theirs(getMe, {})).resolves.toBeDefined();
  const boss = await identity.signIn(lin.subject);
  await boss(UserServiceService.deactivateUser, DeactivateUserRequest.fromPartial({ userId }));
  await identity.settled();
  await expect(theirs(getMe, {})).rejects.toMatchObject({ code: "UNAUTHENTICATED", reason: "NOT_A_USER" });
});

test("who asks who they are sees their own address, which others may not", async () => {
  const subject = randomUUID();
  const boss = await identity.signIn(lin.subject);
  const grants = [{ resource: "user", action: "read" }];
  const user = { displayName: "周", issuer: ISSUER, subject, email: "zhou@example.com", grants };
  const { userId } = await boss(UserServiceService.createUser, CreateUserRequest.fromPartial({ user }));
  await identity.settled();
  const ask = await identity.signIn(subject);
  await expect(ask(UserServiceService.getMe, {})).resolves.toMatchObject({
    user: { email: "zhou@example.com" },
  });
  const { email } = await ask(UserServiceService.getUser, { userId });
  expect(email).not.toBe("zhou@example.com");
});
