import { onState } from "@guanxi/bus/reaction";
import { Tenant } from "@guanxi/contract/guanxi/identity/v1/tenant_service";
import { ensureCalendar } from "../calendars/calendars.ts";
import { ensurePolicies } from "./policies.ts";

/** A projection and not an effect, so that it hears of the tenants of before, too; it does nothing twice. */
export const furnishTenants = onState(Tenant, [], async (_changes, at) => {
  await ensureCalendar(at);
  await ensurePolicies(at);
});
