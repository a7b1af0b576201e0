import { status } from "@grpc/grpc-js";
import {
  CreateTeamRequest,
  GetTeamRequest,
  Team,
  TeamServiceService,
} from "@guanxi/contract/guanxi/identity/v1/team_service";
import { type BatchAnswer, batchCall, type BatchItem } from "@guanxi/kit/batch";
import { loadContract } from "@guanxi/kit/contract";
import { decodeFailure } from "@guanxi/kit/status";
import { startService, type TestUser } from "@guanxi/testkit/service";
import { afterAll, expect, test } from "vitest";
import { teamsApp } from "./teams-app.ts";

const service = await startService(teamsApp);
afterAll(() => service.stop());

const item = (token: string, method: string, request: Buffer): BatchItem => ({
  method: `guanxi.identity.v1.TeamService/${method}`,
  request,
  authorization: token && `Bearer ${token}`,
  traceparent: "",
});
const getting = (token: string, teamId: string) =>
  item(token, "GetTeam", TeamServiceService.getTeam.requestSerialize({ teamId }));
const creating = ({ token }: TestUser, displayName: string, requestId = "") => {
  const request = CreateTeamRequest.fromPartial({ team: { displayName }, requestId });
  return item(token, "CreateTeam", TeamServiceService.createTeam.requestSerialize(request));
};
const batch = async (user: TestUser, items: BatchItem[]) => (await user.call(batchCall, { items })).answers;
const teamOf = ({ code, response }: BatchAnswer) => (code === status.OK ? Team.decode(response) : undefined);
const reasonOf = ({ failure }: BatchAnswer) => decodeFailure(loadContract(), failure).reason;

test("each item has its own answer, in its place, and is written for good", async () => {
  const lin = await service.user();
  const names = Array.from({ length: 20 }, (_, index) => `Team ${index}`);
  const made = await batch(
    lin,
    names.map((name) => creating(lin, name)),
  );
  expect(made.map((answer) => teamOf(answer)?.displayName)).toEqual(names);
  const again = await batch(
    lin,
    made.map((answer) => getting(lin.token, teamOf(answer)!.teamId)),
  );
  expect(again.map(teamOf)).toEqual(made.map(teamOf));
});

test("each item has its own caller: no token, no right and another tenant harm nobody else", async () => {
  const lin = await service.user();
  const stranger = await service.user();
  const guest = await service.user({ tenantId: lin.tenantId, grants: [] });
  const team = await lin.call(
    TeamServiceService.createTeam,
    CreateTeamRequest.fromPartial({ team: { displayName: "Ours" } }),
  );
  const tokens = ["", lin.token, stranger.token, guest.token, lin.token];
  const answers = await batch(
    stranger,
    tokens.map((token) => getting(token, team.teamId)),
  );
  expect(answers.map(({ code }) => code)).toEqual([
    status.UNAUTHENTICATED,
    status.OK,
    status.NOT_FOUND,
    status.PERMISSION_DENIED,
    status.OK,
  ]);
  expect(answers.filter(({ code }) => code !== status.OK).map(reasonOf)).toEqual([
    "UNAUTHENTICATED",
    "NOT_FOUND",
    "PERMISSION_DENIED",
  ]);
  expect(
    await lin.call(TeamServiceService.getTeam, GetTeamRequest.fromPartial({ teamId: team.teamId })),
  ).toEqual(team);
});

test("twins of one request id in one batch have one effect and one answer", async () => {
  const lin = await service.user();
  const answers = await batch(
    lin,
    Array.from({ length: 10 }, () => creating(lin, "Once", "the-request")),
  );
  expect(new Set(answers.map((answer) => teamOf(answer)?.teamId)).size).toBe(1);
  expect(await service.events(lin.tenantId)).toHaveLength(1);
});

test("what no service answers and what is no message fail alone", async () => {
  const lin = await service.user();
  const broken = item(lin.token, "GetTeam", Buffer.from([0xff]));
  const unknown = item(lin.token, "Nowhere", Buffer.alloc(0));
  const answers = await batch(lin, [broken, unknown, creating(lin, "Sound")]);
  expect(answers.map(({ code }) => code)).toEqual([status.INVALID_ARGUMENT, status.UNIMPLEMENTED, status.OK]);
});
