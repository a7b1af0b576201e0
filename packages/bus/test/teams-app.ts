// The smallest service there is: teams, as identity's contract has them, and a copy of them read from its own events. In
// three releases: the second keeps who manages a team, the third demands it.
import { TeamChanged, TeamFormed } from "@guanxi/contract/guanxi/identity/v1/team_events";
import {
  type CreateTeamRequest,
  type GetTeamRequest,
  type ListTeamsRequest,
  type ListTeamsResponse,
  Team,
  type TeamServiceServer,
  TeamServiceService,
  type UpdateTeamRequest,
} from "@guanxi/contract/guanxi/identity/v1/team_service";
import { etagOf, requireEtag } from "@guanxi/kit/etag";
import { implement } from "@guanxi/kit/edge";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { secure } from "@guanxi/kit/ground";
import { command, type Handlers, query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { merge } from "@guanxi/kit/merge";
import { refuse } from "@guanxi/kit/refuse";
import { get, lock, record } from "@guanxi/kit/store";
import type { State } from "@guanxi/kit/columns";
import { table } from "@guanxi/kit/table";
import { EntitySchema, type QueryRunner } from "typeorm";
import { app } from "../src/app.ts";
import { mirror, on, onState, projection, effect } from "../src/reaction.ts";

interface TeamState extends State {
  readonly teamId: string;
  readonly displayName: string;
  /** Since the second release. */
  readonly managerId?: string | null;
  readonly createTime: Date;
  readonly updateTime: Date;
}

const columns = {
  tenantId: { name: "tenant_id", type: "uuid", primary: true, select: false },
  teamId: { name: "team_id", type: "uuid", primary: true },
  displayName: { name: "display_name", type: "text" },
  createTime: { name: "create_time", type: "timestamptz" },
  updateTime: { name: "update_time", type: "timestamptz" },
  version: { type: "int" },
};

const managerId = { name: "manager_id", type: "uuid", nullable: true };

const entity = (name: string, all: object = columns) =>
  new EntitySchema<TeamState>({ name, tableName: name, columns: all });

const present = ({ version, managerId, ...team }: TeamState): Team => ({
  ...team,
  parentTeamId: "",
  managerId: managerId ?? "",
  etag: etagOf({ version }),
});

type Release = 1 | 2 | 3;

const teamsOf = (release: Release) =>
  table({
    entity: entity("teams", release === 1 ? columns : { ...columns, managerId }),
    message: Team,
    present,
    violations: { teams_name_key: () => refuse("exists", "TEAM_EXISTS", "There is a team of this name.") },
  });

const copies = table({ entity: entity("team_copies") });
const lateCopies = table({ entity: entity("late_copies") });

const fields = catalogue<TeamState>({ id: "team_id", side: "none" }, [
  {
    name: "display_name",
    type: "text",
    stored: { column: "display_name" },
    read: (team) => team.displayName,
  },
  { name: "create_time", type: "time", stored: { column: "create_time" }, read: (team) => team.createTime },
]);

const handlersOf = (release: Release, teams = teamsOf(release)): Handlers<TeamServiceServer> => ({
  getTeam: query<GetTeamRequest, Team>(async ({ teamId }, at) => present(await get(at, teams, teamId))),
  listTeams: query<ListTeamsRequest, ListTeamsResponse>(async (request, at) => {
    const orders = ["display_name", "create_time"];
    const { items, nextPageToken } = await list(at, teams, { request, catalogue: fields, orders });
    return { teams: items.map(present), nextPageToken };
  }),
  createTeam: command<CreateTeamRequest, Team>(async ({ team }, at) => {
    const state = {
      teamId: at.newId(),
      displayName: team!.displayName,
      ...(release > 1 && { managerId: team!.managerId || null }),
      createTime: at.now,
      updateTime: at.now,
      version: 0,
    };
    return present(record(at, teams, state, TeamFormed));
  }),
  updateTeam: command<UpdateTeamRequest, Team>(async ({ team, updateMask, etag }, at) => {
    const before = await lock(at, teams, team?.teamId ?? "");
    requireEtag(before, etag);
    const merged = at.check(Team, merge(Team, present(before), team, updateMask), "team");
    return present(
      record(at, teams, { ...before, displayName: merged.displayName, updateTime: at.now }, TeamChanged),
    );
  }),
});

const table_ = (name: string, unique: string) => `
create table ${name} (
  tenant_id uuid not null default tenant(),
  team_id uuid not null,
  display_name text collate "C" not null,
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, team_id)${unique}
);
${secure(name, "teams")}`;

class Teams1700000000001 {
  name = "Teams1700000000001";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(table_("teams", ", constraint teams_name_key unique (tenant_id, display_name)"));
    await runner.query(table_("team_copies", "") + table_("late_copies", ""));
    await runner.query(`create table greetings (
      tenant_id uuid not null default tenant(),
      greeting_id bigint generated always as identity,
      team_id uuid not null,
      display_name text not null,
      primary key (tenant_id, greeting_id)
    );
    ${secure("greetings", "teams")}`);
  }
  async down(): Promise<void> {}
}

/** Expands: who does not know the column goes on without it. */
class Managers1700000000012 {
  name = "Managers1700000000012";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("alter table teams add column manager_id uuid");
  }
  async down(): Promise<void> {}
}

/** Contracts: who does not know the column makes no team any more. */
class ManagersNeeded1700000000013 {
  name = "ManagersNeeded1700000000013";
  needs = "1700000000012";
  async up(runner: QueryRunner): Promise<void> {
    // Row-level security holds for the owner too, and a test has no list of its tenants.
    await runner.query("alter table teams no force row level security");
    await runner.query("update teams set manager_id = team_id where manager_id is null");
    await runner.query("alter table teams force row level security, alter column manager_id set not null");
  }
  async down(): Promise<void> {}
}

/** One that somebody did not try. */
class Mistaken1700000000012 {
  name = "Mistaken1700000000012";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("create table half_done (n int)");
    await runner.query(
      "alter table teams add column manager_id uuid; update teams set nickname = display_name",
    );
  }
  async down(): Promise<void> {}
}

const MIGRATIONS = [Teams1700000000001, Managers1700000000012, ManagersNeeded1700000000013];

/** Teams of this name make the readers stumble as long as it is here. */
export const stumblingBlocks = new Set<string>();

const copyOf: Parameters<typeof mirror<Team, TeamState>>[2] = (
  { displayName, createTime, updateTime },
  { aggregateId, version },
) => ({
  teamId: aggregateId,
  displayName,
  createTime: createTime!,
  updateTime: updateTime!,
  version,
});

/** One that nobody thought of at first. */
export const lateReader = projection("late", "identity", [mirror(Team, lateCopies, copyOf)]);

const readers = [
  projection("copies", "identity", [
    onState(Team, [], (changes) => {
      for (const { state } of changes)
        if (stumblingBlocks.has(state?.displayName ?? "")) throw new Error("stumbled");
    }),
    mirror(Team, copies, copyOf),
  ]),
  effect("greet", "identity", [
    on(TeamFormed, ({ team }, at) => greet(at, team!)),
    on(TeamChanged, ({ team }, at) => greet(at, team!)),
  ]),
];

export const teamsRelease = (release: Release) =>
  app({
    name: "teams",
    settings: {},
    migrations: MIGRATIONS.slice(0, release),
    open: () => ({ services: [implement(TeamServiceService, handlersOf(release))] }),
    readers,
  });

export const teamsApp = teamsRelease(1);

/** The second release, before its author has mended it. */
export const mistakenRelease = app({
  ...teamsRelease(2),
  migrations: [Teams1700000000001, Mistaken1700000000012],
});

function greet(at: Parameters<Parameters<typeof on>[1]>[1], { teamId, displayName }: Team): void {
  at.tell({
    text: "insert into greetings (team_id, display_name) values ($1, $2)",
    values: [teamId, displayName],
  });
}
