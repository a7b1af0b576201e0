import type { GetTeamRequest, Team } from "@guanxi/contract/guanxi/identity/v1/team_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { presentTeam, teams } from "../teams.ts";

export const getTeam = query<GetTeamRequest, Team>(async ({ teamId }, at) =>
  presentTeam(await get(at, teams, teamId)),
);
