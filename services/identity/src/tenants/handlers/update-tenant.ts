import { TenantChanged } from "@guanxi/contract/guanxi/identity/v1/tenant_events";
import { Tenant, type UpdateTenantRequest } from "@guanxi/contract/guanxi/identity/v1/tenant_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lock, record } from "@guanxi/kit/store";
import { changeTenant } from "../tenant.ts";
import { presentTenant, tenants } from "../tenants.ts";

export const updateTenant = command<UpdateTenantRequest, Tenant>(async (request, at) => {
  const before = await lock(at, tenants, at.tenantId);
  requireEtag(before, request.etag);
  const merged = merge(Tenant, presentTenant(before), request.tenant, request.updateMask);
  const after = changeTenant(before, at.check(Tenant, merged, "tenant"), at.now);
  return presentTenant(record(at, tenants, after, TenantChanged));
});
