// The smallest service there is: teams, as identity's contract has them, and a copy of them read from its own events.
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

const entity = (name: string) =>
  new EntitySchema<TeamState>({ name, tableName: name, columns: columns as never });

const present = ({ version, ...team }: TeamState): Team => ({
  ...team,
  parentTeamId: "",
  managerId: "",
  etag: etagOf({ version }),
});

const teams = table({
  entity: entity("teams"),
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

const handlers: Handlers<TeamServiceServer> = {
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
};

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

export const teamsApp = app({
  name: "teams",
  settings: {},
  migrations: [Teams1700000000001],
  open: () => ({ services: [implement(TeamServiceService, handlers)] }),
  readers: [
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
  ],
});

function greet(at: Parameters<Parameters<typeof on>[1]>[1], { teamId, displayName }: Team): void {
  at.tell({
    text: "insert into greetings (team_id, display_name) values ($1, $2)",
    values: [teamId, displayName],
  });
}
