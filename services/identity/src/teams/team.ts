import { refuse } from "@guanxi/kit/refuse";

export interface TeamState {
  readonly teamId: string;
  readonly displayName: string;
  readonly parentTeamId: string | null;
  readonly managerId: string | null;
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

/** As the contract has it: no parent and no manager is an empty text. */
export interface TeamSettings {
  readonly displayName: string;
  readonly parentTeamId: string;
  readonly managerId: string;
}

export function formTeam(teamId: string, sent: TeamSettings, now: Date): TeamState {
  return { teamId, ...settingsOf(sent), createTime: now, updateTime: now, version: 0 };
}

/** `line` are the teams from the new parent up to the top. */
export function changeTeam(
  team: TeamState,
  sent: TeamSettings,
  line: readonly string[],
  now: Date,
): TeamState {
  if (line.includes(team.teamId)) {
    throw refuse("precondition", "TEAM_CIRCLE", "A team cannot stand below itself; choose another parent.");
  }
  return { ...team, ...settingsOf(sent), updateTime: now };
}

const settingsOf = ({ displayName, parentTeamId, managerId }: TeamSettings) => ({
  displayName,
  parentTeamId: parentTeamId || null,
  managerId: managerId || null,
});
