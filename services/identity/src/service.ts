import type { SessionServiceServer } from "@guanxi/contract/guanxi/identity/v1/session_service";
import type { TeamServiceServer } from "@guanxi/contract/guanxi/identity/v1/team_service";
import type { TenantServiceServer } from "@guanxi/contract/guanxi/identity/v1/tenant_service";
import type { TokenServiceServer } from "@guanxi/contract/guanxi/identity/v1/token_service";
import type { UserServiceServer } from "@guanxi/contract/guanxi/identity/v1/user_service";
import type { Handlers } from "@guanxi/kit/handler";
import { createSession } from "./sessions/handlers/create-session.ts";
import { createSessionToken } from "./sessions/handlers/create-session-token.ts";
import { endSession } from "./sessions/handlers/end-session.ts";
import { useSession } from "./sessions/handlers/use-session.ts";
import { createTeam } from "./teams/handlers/create-team.ts";
import { getTeam } from "./teams/handlers/get-team.ts";
import { listTeams } from "./teams/handlers/list-teams.ts";
import { updateTeam } from "./teams/handlers/update-team.ts";
import { getTenant } from "./tenants/handlers/get-tenant.ts";
import { updateTenant } from "./tenants/handlers/update-tenant.ts";
import type { Exchange } from "./tokens/exchange.ts";
import { exchangeToken } from "./tokens/handlers/exchange-token.ts";
import { createUser } from "./users/handlers/create-user.ts";
import { deactivateUser } from "./users/handlers/deactivate-user.ts";
import { getMe } from "./users/handlers/get-me.ts";
import { getUser } from "./users/handlers/get-user.ts";
import { listUsers } from "./users/handlers/list-users.ts";
import { reactivateUser } from "./users/handlers/reactivate-user.ts";
import { updateUser } from "./users/handlers/update-user.ts";

export const tenantService: Handlers<TenantServiceServer> = { getTenant, updateTenant };

export const userService: Handlers<UserServiceServer> = {
  getUser,
  getMe,
  listUsers,
  createUser,
  updateUser,
  deactivateUser,
  reactivateUser,
};

export const teamService: Handlers<TeamServiceServer> = { getTeam, listTeams, createTeam, updateTeam };

export const tokenService = (exchange: Exchange): Handlers<TokenServiceServer> => ({
  exchangeToken: exchangeToken(exchange),
});

export const sessionService = (exchange: Exchange): Handlers<SessionServiceServer> => ({
  createSession: createSession(exchange),
  createSessionToken: createSessionToken(exchange),
  useSession: useSession(exchange),
  endSession: endSession(exchange),
});
