import { app } from "@guanxi/bus/app";
import { SessionServiceService } from "@guanxi/contract/guanxi/identity/v1/session_service";
import { TeamServiceService } from "@guanxi/contract/guanxi/identity/v1/team_service";
import { TenantServiceService } from "@guanxi/contract/guanxi/identity/v1/tenant_service";
import { TokenServiceService } from "@guanxi/contract/guanxi/identity/v1/token_service";
import { UserServiceService } from "@guanxi/contract/guanxi/identity/v1/user_service";
import { implement } from "@guanxi/kit/edge";
import { users } from "./users/users.ts";
import { tenants } from "./tenants/tenants.ts";
import { teams } from "./teams/teams.ts";
import { migrations } from "./migrations/index.ts";
import { provisionFromInput } from "./provision.ts";
import { sessionService, teamService, tenantService, tokenService, userService } from "./service.ts";
import { identitySettings, trustedIssuer } from "./settings.ts";
import { openKeys } from "./tokens/keys.ts";

export const identity = app({
  name: "identity",
  settings: identitySettings,
  checkSettings: trustedIssuer,
  migrations,
  readers: [],
  aggregates: [tenants, users, teams],
  async open({ settings, db, log }) {
    const keys = await openKeys(db, log);
    const exchange = { db, keys, trusted: trustedIssuer(settings), tokenIssuer: settings.tokenIssuer, log };
    return {
      services: [
        implement(TenantServiceService, tenantService),
        implement(UserServiceService, userService),
        implement(TeamServiceService, teamService),
        implement(TokenServiceService, tokenService(exchange)),
        implement(SessionServiceService, sessionService(exchange)),
      ],
      managementRoutes: { "/keys": keys.page },
      close: keys.close,
    };
  },
  commands: { provision: provisionFromInput },
});
