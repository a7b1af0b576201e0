import { TeamChanged } from "@guanxi/contract/guanxi/identity/v1/team_events";
import { Team, type UpdateTeamRequest } from "@guanxi/contract/guanxi/identity/v1/team_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lock, record } from "@guanxi/kit/store";
import { tenants } from "../../tenants/tenants.ts";
import { changeTeam } from "../team.ts";
import { lineOf, presentTeam, teams } from "../teams.ts";

export const updateTeam = command<UpdateTeamRequest, Team>(async (request, at) => {
  // The tenant first: of two moves at once, each harmless alone, together they could close a circle.
  const [, before] = await Promise.all([
    lock(at, tenants, at.tenantId),
    lock(at, teams, request.team?.teamId ?? ""),
  ]);
  requireEtag(before, request.etag);
  const merged = at.check(Team, merge(Team, presentTeam(before), request.team, request.updateMask), "team");
  const line = await lineOf(at, merged.parentTeamId);
  return presentTeam(record(at, teams, changeTeam(before, merged, line, at.now), TeamChanged));
});
