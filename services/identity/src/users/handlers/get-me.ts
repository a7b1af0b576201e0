import type { GetMeRequest, Me } from "@guanxi/contract/guanxi/identity/v1/user_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { presentTenant, tenants } from "../../tenants/tenants.ts";
import { presentUser, users } from "../users.ts";

export const getMe = query<GetMeRequest, Me>(async (_request, at) => {
  const [user, tenant] = await Promise.all([get(at, users, at.principal.id), get(at, tenants, at.tenantId)]);
  return { user: presentUser(user), tenant: presentTenant(tenant), grants: [...user.grants] };
});
