import {
  CreateTeamRequest,
  GetTeamRequest,
  ListTeamsRequest,
  TeamServiceService,
  UpdateTeamRequest,
} from "@guanxi/contract/guanxi/identity/v1/team_service";
import { startService, type TestUser } from "@guanxi/testkit/service";
import { afterAll, expect, test } from "vitest";
import { teamsApp } from "./teams-app.ts";

const service = await startService(teamsApp);
afterAll(() => service.stop());

const create = (user: TestUser, displayName: string, requestId = "") =>
  user.call(
    TeamServiceService.createTeam,
    CreateTeamRequest.fromPartial({ team: { displayName }, requestId }),
  );
const get = (user: TestUser, teamId: string) =>
  user.call(TeamServiceService.getTeam, GetTeamRequest.fromPartial({ teamId }));
const rename = (user: TestUser, teamId: string, displayName: string, etag: string) =>
  user.call(
    TeamServiceService.updateTeam,
    UpdateTeamRequest.fromPartial({ team: { teamId, displayName }, etag }),
  );

test("a change and its event are one, with the state, what changed and what was before", async () => {
  const lin = await service.user();
  const made = await create(lin, "North");
  expect(await get(lin, made.teamId)).toEqual(made);
  const renamed = await rename(lin, made.teamId, "South", made.etag);
  expect(renamed).toMatchObject({ displayName: "South", etag: "2" });

  const events = await service.events(lin.tenantId);
  expect(events.map(({ type, meta }) => [type, meta.version, meta.actor?.id])).toEqual([
    ["TeamFormed", 1, lin.userId],
    ["TeamChanged", 2, lin.userId],
  ]);
  expect(events[1]).toMatchObject({ state: { displayName: "South" }, previous: { displayName: "North" } });
  expect(events[1]!.changedFields.toSorted()).toEqual(["display_name", "update_time"]);
});

test("of many writers with one etag one wins, and the others learn that they were late", async () => {
  const lin = await service.user();
  const { teamId, etag } = await create(lin, "Hot");
  const all = await Promise.allSettled(
    Array.from({ length: 20 }, (_, n) => rename(lin, teamId, `Hot ${n}`, etag)),
  );
  expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const reasons = all.flatMap((one) =>
    one.status === "rejected" ? [(one.reason as { reason: string }).reason] : [],
  );
  expect(new Set(reasons)).toEqual(new Set(["ETAG_MISMATCH"]));
  expect(await service.events(lin.tenantId)).toHaveLength(2);
});

test("50 parallel twins of one request id have one effect and one answer; another body is refused", async () => {
  const lin = await service.user();
  const answers = await Promise.all(Array.from({ length: 50 }, () => create(lin, "Once", "the-request")));
  expect(new Set(answers.map(({ teamId }) => teamId)).size).toBe(1);
  expect(await service.events(lin.tenantId)).toHaveLength(1);
  expect(await create(lin, "Once", "the-request")).toEqual(answers[0]);
  await expect(create(lin, "Other", "the-request")).rejects.toMatchObject({ reason: "REQUEST_ID_REUSED" });
});

test("one request that is refused does not fail those that came with it", async () => {
  const lin = await service.user();
  await create(lin, "Taken");
  const names = ["A", "Taken", "B", "C"];
  const all = await Promise.allSettled(names.map((name) => create(lin, name)));
  expect(all.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "fulfilled"]);
  expect(all[1]).toMatchObject({ reason: { reason: "TEAM_EXISTS", code: "ALREADY_EXISTS" } });
  const mixed = await Promise.allSettled([
    get(lin, crypto.randomUUID()),
    get(lin, "no id at all"),
    ...all.flatMap((one) => (one.status === "fulfilled" ? [get(lin, one.value.teamId)] : [])),
  ]);
  expect(mixed.map(({ status }) => status)).toEqual([
    "rejected",
    "rejected",
    "fulfilled",
    "fulfilled",
    "fulfilled",
  ]);
});

test("who has no token, no right or another tenant gets nothing, and a withdrawn right holds at once", async () => {
  const lin = await service.user();
  const { teamId } = await create(lin, "Ours");
  const request = GetTeamRequest.fromPartial({ teamId });
  await expect(service.call(TeamServiceService.getTeam, request)).rejects.toMatchObject({
    code: "UNAUTHENTICATED",
  });
  await expect(service.call(TeamServiceService.getTeam, request, "x.y.z")).rejects.toMatchObject({
    code: "UNAUTHENTICATED",
  });
  const stranger = await service.user();
  await expect(get(stranger, teamId)).rejects.toMatchObject({ code: "NOT_FOUND" });
  const reader = await service.user({
    tenantId: lin.tenantId,
    grants: [{ resource: "team", action: "read" }],
  });
  expect(await get(reader, teamId)).toMatchObject({ displayName: "Ours" });
  await expect(create(reader, "Theirs")).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  await service.admin.query("update principals set active = false where principal_id = $1", [reader.userId]);
  await expect(get(reader, teamId)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  expect(await service.events(lin.tenantId)).toHaveLength(1);
});

test("pages have no gap and no repetition, in either direction, and a token holds for its list only", async () => {
  const lin = await service.user();
  const names = Array.from({ length: 23 }, (_, n) => `Team ${String(n).padStart(2, "0")}`);
  await Promise.all(names.map((name) => create(lin, name)));
  const walk = async (orderBy: string) => {
    const seen: string[] = [];
    for (let pageToken = ""; ; ) {
      const request = ListTeamsRequest.fromPartial({ pageSize: 5, pageToken, orderBy });
      const page = await lin.call(TeamServiceService.listTeams, request);
      seen.push(...page.teams.map(({ displayName }) => displayName));
      pageToken = page.nextPageToken;
      if (!pageToken) return seen;
    }
  };
  expect(await walk("display_name")).toEqual(names);
  expect(await walk("display_name desc")).toEqual(names.toReversed());
  expect((await walk("create_time")).toSorted()).toEqual(names);
  const first = await lin.call(TeamServiceService.listTeams, ListTeamsRequest.fromPartial({ pageSize: 5 }));
  const other = ListTeamsRequest.fromPartial({
    pageToken: first.nextPageToken,
    filter: 'display_name > "x"',
  });
  for (const bad of [other, { ...other, filter: "", pageToken: "rubbish" }])
    await expect(lin.call(TeamServiceService.listTeams, bad)).rejects.toMatchObject({
      violations: [{ field: "page_token" }],
    });
});

test("who waits too long for a row is told to try again, and nothing happened", async () => {
  const lin = await service.user();
  const { teamId, etag } = await create(lin, "Held");
  await service.admin.query("begin");
  await service.admin.query("select from teams where team_id = $1 for update", [teamId]);
  await expect(rename(lin, teamId, "Late", etag)).rejects.toMatchObject({
    code: "UNAVAILABLE",
    reason: "BUSY",
  });
  await service.admin.query("rollback");
  expect(await rename(lin, teamId, "Free", etag)).toMatchObject({ displayName: "Free" });
  expect(await service.events(lin.tenantId)).toHaveLength(2);
});

test("bytes that are no message, or no UTF-8, are the caller's fault", async () => {
  const lin = await service.user();
  const raw = (bytes: Buffer) => ({ ...TeamServiceService.createTeam, requestSerialize: () => bytes });
  const inTeam = (text: Buffer) =>
    Buffer.concat([Buffer.from([0x0a, text.length + 2, 0x12, text.length]), text]);
  for (const bytes of [
    Buffer.from([0xff, 0xff]),
    Buffer.from([0x0a, 0x7f, 1]),
    inTeam(Buffer.from([0xc3, 0x28])),
  ])
    await expect(lin.call(raw(bytes), CreateTeamRequest.fromPartial({}))).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
    });
  await expect(create(lin, "a\0b")).rejects.toMatchObject({ violations: [{ field: "team.display_name" }] });
});

test("a refusal with ever so much to tell reaches its caller, and nobody else notices", async () => {
  const lin = await service.user();
  const { teamId, etag } = await create(lin, "Told");
  const updateMask = Array.from({ length: 50_000 }, (_, n) => `${"no_such_field_".repeat(3)}${n}`);
  const wordy = UpdateTeamRequest.fromPartial({
    team: { teamId },
    etag,
    updateMask: updateMask.slice(0, 9_000),
  });
  const endless = { ...wordy, updateMask };
  const [told, cut, ...others] = await Promise.allSettled([
    lin.call(TeamServiceService.updateTeam, wordy),
    lin.call(TeamServiceService.updateTeam, endless),
    ...Array.from({ length: 20 }, () => get(lin, teamId)),
  ]);
  for (const one of [told, cut])
    expect(one).toMatchObject({
      status: "rejected",
      reason: { code: "INVALID_ARGUMENT", reason: "INVALID_REQUEST" },
    });
  expect((told as PromiseRejectedResult).reason.violations).toHaveLength(20);
  expect(others.map(({ status }) => status)).toEqual(others.map(() => "fulfilled"));
});

test("a repetition that comes beside a fresh change of the same row is not done again", async () => {
  const lin = await service.user();
  const { teamId } = await create(lin, "Shared");
  const renameTo = (displayName: string, etag: string, requestId = "") =>
    lin.call(
      TeamServiceService.updateTeam,
      UpdateTeamRequest.fromPartial({ team: { teamId, displayName }, etag, requestId }),
    );
  const first = await renameTo("First", "1", "key");
  // Both in one turn: the fresh one takes the row, the repetition its turn afterwards.
  const [fresh, again] = await Promise.all([renameTo("Fresh", "2"), renameTo("First", "1", "key")]);
  expect(fresh).toMatchObject({ displayName: "Fresh", etag: "3" });
  expect(again).toEqual(first);
  expect(await renameTo("First", "1", "key")).toEqual(first);
  expect(await service.events(lin.tenantId)).toHaveLength(3);
});
