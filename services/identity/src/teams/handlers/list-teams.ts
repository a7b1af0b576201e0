import type { ListTeamsRequest, ListTeamsResponse } from "@guanxi/contract/guanxi/identity/v1/team_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { presentTeam, teamFields, teams } from "../teams.ts";

export const listTeams = query<ListTeamsRequest, ListTeamsResponse>(async (request, at) => {
  const orders = ["display_name", "create_time"];
  const { items, nextPageToken } = await list(at, teams, { request, catalogue: teamFields, orders });
  return { teams: items.map(presentTeam), nextPageToken };
});
