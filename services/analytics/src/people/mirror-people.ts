import { mirror } from "@guanxi/bus/reaction";
import { Team } from "@guanxi/contract/guanxi/identity/v1/team_service";
import { User } from "@guanxi/contract/guanxi/identity/v1/user_service";
import { teams } from "./teams.ts";
import { users } from "./users.ts";

export const mirrorUsers = mirror(User, users, ({ userId, displayName, teamIds }, { version }) => ({
  userId,
  displayName,
  teamId: teamIds[0] ?? null,
  version,
}));

export const mirrorTeams = mirror(
  Team,
  teams,
  ({ teamId, displayName, parentTeamId, managerId }, { version }) => ({
    teamId,
    displayName,
    parentTeamId: parentTeamId || null,
    managerId: managerId || null,
    version,
  }),
);
