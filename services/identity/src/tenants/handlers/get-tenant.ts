import type { GetTenantRequest, Tenant } from "@guanxi/contract/guanxi/identity/v1/tenant_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { presentTenant, tenants } from "../tenants.ts";

export const getTenant = query<GetTenantRequest, Tenant>(async (_request, at) =>
  presentTenant(await get(at, tenants, at.tenantId)),
);
