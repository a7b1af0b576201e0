import {
  CreateTeamRequest,
  GetTeamRequest,
  ListTeamsRequest,
  type Team,
  TeamServiceService,
  UpdateTeamRequest,
} from "@guanxi/contract/guanxi/identity/v1/team_service";
import {
  GetTenantRequest,
  TenantServiceService,
  UpdateTenantRequest,
} from "@guanxi/contract/guanxi/identity/v1/tenant_service";
import {
  CreateUserRequest,
  DeactivateUserRequest,
  GetUserRequest,
  ListUsersRequest,
  UpdateUserRequest,
  User_State,
  UserServiceService,
} from "@guanxi/contract/guanxi/identity/v1/user_service";
import { afterAll, expect, test } from "vitest";
import { readWanted } from "../src/provision.ts";
import { ALL, aCompany, ISSUER, startIdentity } from "./rig.ts";

const identity = await startIdentity();
afterAll(() => identity.stop());

/** A fresh company, and its first person's way to ask. */
async function company(changes: Parameters<typeof aCompany>[0] = {}) {
  const wanted = aCompany(changes);
  const { tenantId } = await identity.provision(wanted);
  await identity.settled();
  return { tenantId, ask: await identity.signIn(wanted.subject), wanted };
}

type Ask = Awaited<ReturnType<typeof company>>["ask"];
let count = 0;
const subject = () => `person-${(count += 1)}`;
const join = (ask: Ask, changes: object = {}) =>
  ask(
    UserServiceService.createUser,
    CreateUserRequest.fromPartial({
      user: { displayName: "王磊", issuer: ISSUER, subject: subject(), ...changes },
    }),
  );
const change = (ask: Ask, user: object, etag: string, updateMask?: string[]) =>
  ask(UserServiceService.updateUser, UpdateUserRequest.fromPartial({ user, etag, updateMask }));
const form = (ask: Ask, displayName: string, parentTeamId = "") =>
  ask(TeamServiceService.createTeam, CreateTeamRequest.fromPartial({ team: { displayName, parentTeamId } }));
const move = (ask: Ask, { teamId, etag }: Team, parentTeamId: string) =>
  ask(
    TeamServiceService.updateTeam,
    UpdateTeamRequest.fromPartial({ team: { teamId, parentTeamId }, updateMask: ["parent_team_id"], etag }),
  );

test("a company is founded with its people in one piece, and only once", async () => {
  const wanted = aCompany();
  const twice = await Promise.all([identity.provision(wanted), identity.provision(wanted)]);
  expect(twice.filter(({ created }) => created)).toHaveLength(1);
  expect(twice[0].tenantId).toBe(twice[1].tenantId);
  const said = await identity.events(twice[0].tenantId);
  expect(said.map(({ type }) => type)).toEqual(["TenantFounded", "UserJoined"]);
  expect(said.map(({ meta }) => meta.actor?.id)).toEqual(["identity/provision", "identity/provision"]);
});

test("of a company with a fault nothing is founded", async () => {
  const wanted = aCompany();
  const faulty = { ...wanted, users: [...wanted.users, { ...wanted.users[0]!, subject: "" }] };
  await expect(identity.provision(faulty)).rejects.toMatchObject({
    violations: [expect.objectContaining({ field: "users[1].subject" })],
  });
  await expect(
    identity.provision({ ...wanted, tenant: { ...wanted.tenant, timeZone: "Mars" } }),
  ).rejects.toMatchObject({ reason: "TIME_ZONE_UNKNOWN" });
  await expect(identity.provision(wanted)).resolves.toMatchObject({ created: true });
});

test("the subcommand reads what to found and says what came of it", async () => {
  const { subject, ...wanted } = aCompany();
  const answer = JSON.parse(await identity.subcommand("provision", JSON.stringify(wanted))) as object;
  expect(answer).toEqual({ tenantId: expect.any(String), created: true });
  await identity.settled();
  const ask = await identity.signIn(subject);
  await expect(ask(TenantServiceService.getTenant, {})).resolves.toMatchObject({ displayName: "晨光贸易" });
  expect(() => readWanted('{"tenant":{}}')).toThrow("provision reads { tenant, users }");
  expect(() => readWanted("tenant: a")).toThrow("provision reads { tenant, users }");
});

test("the company's zone and currency are changed, with the etag and only to what exists", async () => {
  const { ask, tenantId } = await company();
  const update = (tenant: object, etag = "1") =>
    ask(TenantServiceService.updateTenant, UpdateTenantRequest.fromPartial({ tenant, etag }));
  await expect(update({ timeZone: "Europe/Berlin" }, "")).rejects.toMatchObject({ reason: "ETAG_REQUIRED" });
  await expect(update({ timeZone: "Mars/Olympus" })).rejects.toMatchObject({ reason: "TIME_ZONE_UNKNOWN" });
  await expect(update({ currencyCode: "ABC" })).rejects.toMatchObject({ reason: "CURRENCY_UNKNOWN" });
  await expect(update({ displayName: "x".repeat(201) })).rejects.toMatchObject({
    violations: [expect.objectContaining({ field: "tenant.display_name" })],
  });
  const after = await update({ timeZone: "Europe/Berlin" });
  expect(after).toMatchObject({ timeZone: "Europe/Berlin", currencyCode: "CNY", etag: "2" });
  await expect(update({ displayName: "Other" })).rejects.toMatchObject({
    code: "ABORTED",
    reason: "ETAG_MISMATCH",
  });
  const changed = (await identity.events(tenantId)).at(-1)!;
  expect(changed).toMatchObject({ type: "TenantChanged", changedFields: ["time_zone", "update_time"] });
  expect(changed.previous).toMatchObject({ timeZone: "Asia/Shanghai" });
});

test("an account is one user of a company, and may be a user of another", async () => {
  const [one, two] = [await company(), await company()];
  const user = await join(one.ask, { subject: "shared", email: "wang@example.com" });
  expect(user).toMatchObject({ state: User_State.ACTIVE, etag: "1", subject: "shared" });
  await expect(join(one.ask, { subject: "shared" })).rejects.toMatchObject({
    code: "ALREADY_EXISTS",
    reason: "USER_EXISTS",
    violations: [expect.objectContaining({ field: "user.subject" })],
  });
  await expect(join(two.ask, { subject: "shared" })).resolves.toMatchObject({ subject: "shared" });
  // An e-mail address tells nobody apart.
  await expect(join(one.ask, { email: "wang@example.com" })).resolves.toMatchObject({
    email: "wang@example.com",
  });
  const [, , last] = await identity.events(one.tenantId);
  expect(last).toMatchObject({ type: "UserJoined", state: { subject: "shared", state: "STATE_ACTIVE" } });
});

test("another company's people are not there", async () => {
  const [one, two] = [await company(), await company()];
  const { userId } = await join(one.ask);
  const missing = { code: "NOT_FOUND" };
  await expect(two.ask(UserServiceService.getUser, { userId })).rejects.toMatchObject(missing);
  await expect(change(two.ask, { userId, displayName: "x" }, "1")).rejects.toMatchObject(missing);
  await expect(
    two.ask(UserServiceService.deactivateUser, DeactivateUserRequest.fromPartial({ userId })),
  ).rejects.toMatchObject(missing);
  const { users } = await two.ask(UserServiceService.listUsers, ListUsersRequest.fromPartial({}));
  expect(users.map((user) => user.subject)).toEqual([two.wanted.subject]);
});

test("an update changes what it names, needs the etag, and never the account", async () => {
  const { ask } = await company();
  const { userId, etag } = await join(ask, { job: "agent", language: "zh-CN" });
  await expect(change(ask, { userId, job: "manager" }, "")).rejects.toMatchObject({
    reason: "ETAG_REQUIRED",
  });
  await expect(change(ask, { userId, subject: "other" }, etag)).rejects.toMatchObject({
    violations: [expect.objectContaining({ description: expect.stringContaining("subject") })],
  });
  const after = await change(ask, { userId, job: "manager", language: "en" }, etag, ["job"]);
  expect(after).toMatchObject({ job: "manager", language: "zh-CN", etag: "2" });
  await expect(change(ask, { userId, job: "agent" }, etag)).rejects.toMatchObject({
    reason: "ETAG_MISMATCH",
  });
});

test("a right that is given or taken holds for the next call, with the token that was there before", async () => {
  const { ask } = await company();
  const name = subject();
  const { userId, etag } = await join(ask, { subject: name });
  await identity.settled();
  const wang = await identity.signIn(name);
  const read = () => wang(UserServiceService.getUser, GetUserRequest.fromPartial({ userId }));
  await expect(read()).rejects.toMatchObject({ code: "PERMISSION_DENIED" });

  const given = await change(ask, { userId, grants: [{ resource: "user", action: "read" }] }, etag);
  await identity.settled();
  await expect(read()).resolves.toMatchObject({ userId });

  await change(ask, { userId, grants: [] }, given.etag, ["grants"]);
  await identity.settled();
  await expect(read()).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
});

test("nobody grants what they may not do themselves", async () => {
  const { ask } = await company();
  const name = subject();
  const own = await join(ask, { subject: name, grants: [{ resource: "user", action: "*" }] });
  await identity.settled();
  const wang = await identity.signIn(name);
  const refused = { code: "PERMISSION_DENIED", reason: "GRANT_NOT_HELD" };
  await expect(join(wang, { grants: ALL })).rejects.toMatchObject(refused);
  await expect(change(wang, { userId: own.userId, grants: ALL }, own.etag)).rejects.toMatchObject({
    ...refused,
    violations: [expect.objectContaining({ field: "user.grants" })],
  });
  await expect(join(wang, { grants: [{ resource: "user", action: "read" }] })).resolves.toBeDefined();
});

test("e-mail addresses are masked for those who may not read who somebody is", async () => {
  const { ask } = await company();
  const name = subject();
  const user = { subject: name, email: "wang@example.com", grants: [{ resource: "user", action: "read" }] };
  const { userId } = await join(ask, user);
  await identity.settled();
  const wang = await identity.signIn(name);
  const seen = await wang(UserServiceService.getUser, { userId });
  expect(seen).toMatchObject({ email: "***", displayName: "王磊" });
  const list = (filter: string) =>
    wang(UserServiceService.listUsers, ListUsersRequest.fromPartial({ filter }));
  await expect(list('email == "wang@example.com"')).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  await expect(list('job == ""')).resolves.toMatchObject({ users: expect.any(Array) });
});

test("deactivating twice is one event, with its reason", async () => {
  const { ask, tenantId } = await company();
  const { userId } = await join(ask);
  const out = DeactivateUserRequest.fromPartial({ userId, reason: "left the company" });
  const first = await ask(UserServiceService.deactivateUser, out);
  expect(first).toMatchObject({ state: User_State.DEACTIVATED, etag: "2" });
  await expect(ask(UserServiceService.deactivateUser, out)).resolves.toEqual(first);
  const said = (await identity.events(tenantId)).filter(({ meta }) => meta.aggregateId === userId);
  expect(said.map(({ type }) => type)).toEqual(["UserJoined", "UserDeactivated"]);
  expect(said[1]!.message).toMatchObject({ reason: "left the company" });
});

test("users are listed by name, page by page, and found by state and team", async () => {
  const { ask } = await company();
  const team = await form(ask, "华东");
  const names = ["陈静", "赵敏", "Wang", "wang", "Ägir"];
  const made = await Promise.all(
    names.map((displayName) => join(ask, { displayName, teamIds: [team.teamId] })),
  );
  await ask(
    UserServiceService.deactivateUser,
    DeactivateUserRequest.fromPartial({ userId: made[2]!.userId }),
  );
  const list = (request: object) => ask(UserServiceService.listUsers, ListUsersRequest.fromPartial(request));

  const walked: string[] = [];
  for (let pageToken = ""; ; ) {
    const page = await list({ pageSize: 2, pageToken });
    walked.push(...page.users.map(({ displayName }) => displayName));
    pageToken = page.nextPageToken;
    if (!pageToken) break;
  }
  expect(walked).toEqual(["Wang", "wang", "Ägir", "林晓", "赵敏", "陈静"]);

  const inTeam = `"${team.teamId}" in team_ids`;
  expect((await list({ filter: inTeam })).users).toHaveLength(5);
  const active = await list({ filter: `${inTeam} && state == "ACTIVE"`, orderBy: "create_time desc" });
  expect(active.users.map(({ displayName }) => displayName).sort()).toEqual(
    ["wang", "Ägir", "赵敏", "陈静"].sort(),
  );
  await expect(list({ filter: 'subject == "x"' })).rejects.toMatchObject({ reason: "INVALID_FILTER" });
});

test("a user's teams must exist", async () => {
  const { ask } = await company();
  const other = await form((await company()).ask, "elsewhere");
  await expect(join(ask, { teamIds: [other.teamId] })).rejects.toMatchObject({
    reason: "TEAM_UNKNOWN",
    violations: [expect.objectContaining({ field: "user.team_ids[0]" })],
  });
});

test("teams are a tree: a team moves with all below it, and never below itself", async () => {
  const { ask, tenantId } = await company();
  const region = await form(ask, "大区");
  const district = await form(ask, "区", region.teamId);
  const shop = await form(ask, "店", district.teamId);
  const circle = { code: "FAILED_PRECONDITION", reason: "TEAM_CIRCLE" };
  await expect(move(ask, region, shop.teamId)).rejects.toMatchObject(circle);
  await expect(move(ask, shop, shop.teamId)).rejects.toMatchObject(circle);
  const top = await move(ask, district, "");
  expect(top).toMatchObject({ parentTeamId: "", etag: "2" });
  await expect(move(ask, region, shop.teamId)).resolves.toMatchObject({ parentTeamId: shop.teamId });
  await expect(move(ask, top, region.teamId)).rejects.toMatchObject(circle);
  await expect(
    ask(TeamServiceService.getTeam, GetTeamRequest.fromPartial({ teamId: shop.teamId })),
  ).resolves.toEqual(shop);
  const { teams } = await ask(TeamServiceService.listTeams, ListTeamsRequest.fromPartial({}));
  expect(teams.map(({ displayName }) => displayName)).toEqual(["区", "大区", "店"]);
  const said = (await identity.events(tenantId)).filter(({ meta }) => meta.aggregateType.endsWith("Team"));
  expect(said.map(({ type }) => type)).toEqual([
    "TeamFormed",
    "TeamFormed",
    "TeamFormed",
    "TeamChanged",
    "TeamChanged",
  ]);
});

test("R106 a team has a manager, who is a user of this company", async () => {
  const { ask } = await company();
  const { userId } = await join(ask);
  const stranger = await join((await company()).ask);
  const lead = (managerId: string) =>
    ask(
      TeamServiceService.createTeam,
      CreateTeamRequest.fromPartial({ team: { displayName: "店", managerId } }),
    );
  await expect(lead(userId)).resolves.toMatchObject({ managerId: userId });
  await expect(lead(stranger.userId)).rejects.toMatchObject({
    code: "INVALID_ARGUMENT",
    reason: "MANAGER_UNKNOWN",
  });
});

test("a parent must exist, in this company", async () => {
  const { ask } = await company();
  const other = await form((await company()).ask, "elsewhere");
  const unknown = { code: "INVALID_ARGUMENT", reason: "PARENT_UNKNOWN" };
  await expect(form(ask, "店", other.teamId)).rejects.toMatchObject(unknown);
  const shop = await form(ask, "店");
  await expect(move(ask, shop, other.teamId)).rejects.toMatchObject(unknown);
});

test("of two moves that together would close a circle, one is refused", async () => {
  const { ask } = await company();
  for (let round = 0; round < 10; round += 1) {
    const [a, b] = [await form(ask, "a"), await form(ask, "b")];
    const both = await Promise.allSettled([move(ask, a, b.teamId), move(ask, b, a.teamId)]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { reason: "TEAM_CIRCLE" },
    });
  }
});

test("without a token nobody is let in", async () => {
  const asking = identity.call(TenantServiceService.getTenant, GetTenantRequest.fromPartial({}));
  await expect(asking).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
});
