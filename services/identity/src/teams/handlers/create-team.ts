import { TeamFormed } from "@guanxi/contract/guanxi/identity/v1/team_events";
import type { CreateTeamRequest, Team } from "@guanxi/contract/guanxi/identity/v1/team_service";
import { command } from "@guanxi/kit/handler";
import { record } from "@guanxi/kit/store";
import { formTeam } from "../team.ts";
import { presentTeam, teams } from "../teams.ts";

export const createTeam = command<CreateTeamRequest, Team>(async (request, at) =>
  presentTeam(record(at, teams, formTeam(at.newId(), request.team!, at.now), TeamFormed)),
);
