import { Team } from "@guanxi/contract/guanxi/identity/v1/team_service";
import type { At } from "@guanxi/kit/at";
import { etagOf } from "@guanxi/kit/etag";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { refuse } from "@guanxi/kit/refuse";
import { named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import type { TeamState } from "./team.ts";

const teamTable = new EntitySchema<TeamState>({
  name: "team",
  tableName: "teams",
  columns: {
    tenantId: { name: "tenant_id", type: "uuid", primary: true, select: false },
    teamId: { name: "team_id", type: "uuid", primary: true },
    displayName: { name: "display_name", type: "text" },
    parentTeamId: { name: "parent_team_id", type: "uuid", nullable: true },
    managerId: { name: "manager_id", type: "uuid", nullable: true },
    createTime: { name: "create_time", type: "timestamptz" },
    updateTime: { name: "update_time", type: "timestamptz" },
    version: { type: "int" },
  } as never, // the tenant is the database's business, so no part of the state
});

export const presentTeam = ({ version, ...team }: TeamState): Team => ({
  ...team,
  parentTeamId: team.parentTeamId ?? "",
  managerId: team.managerId ?? "",
  etag: etagOf({ version }),
});

export const teams = table({
  entity: teamTable,
  message: Team,
  present: presentTeam,
  violations: {
    teams_parent_fkey: () =>
      refuse("invalid", "PARENT_UNKNOWN", "Name a parent that exists.", [
        { field: "team.parent_team_id", description: "There is no such team.", reason: "PARENT_UNKNOWN" },
      ]),
    teams_manager_fkey: () =>
      refuse("invalid", "MANAGER_UNKNOWN", "Name a manager who is a user of this company.", [
        { field: "team.manager_id", description: "There is no such user.", reason: "MANAGER_UNKNOWN" },
      ]),
  },
});

export const teamFields = catalogue<TeamState>({ id: "team_id", side: "team_values" }, [
  {
    name: "display_name",
    type: "text",
    stored: { column: "display_name" },
    read: (team) => team.displayName,
  },
  { name: "create_time", type: "time", stored: { column: "create_time" }, read: (team) => team.createTime },
]);

/** A team and all above it. */
export async function lineOf(at: At, teamId: string): Promise<string[]> {
  if (!teamId) return [];
  const rows = await named(at, {
    name: "teams line",
    text: `
with recursive line as (
  select team_id, parent_team_id from teams where team_id = $1
  union all
  select t.team_id, t.parent_team_id from teams t join line l on t.team_id = l.parent_team_id)
select team_id from line`,
    values: [teamId],
  });
  return rows.map((row) => row.team_id as string);
}
