import { Tenant } from "@guanxi/contract/guanxi/identity/v1/tenant_service";
import { etagOf } from "@guanxi/kit/etag";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import type { TenantState } from "./tenant.ts";

const tenantTable = new EntitySchema<TenantState>({
  name: "tenant",
  tableName: "tenants",
  columns: {
    tenantId: { name: "tenant_id", type: "uuid", primary: true },
    displayName: { name: "display_name", type: "text" },
    timeZone: { name: "time_zone", type: "text" },
    currencyCode: { name: "currency_code", type: "text" },
    createTime: { name: "create_time", type: "timestamptz" },
    updateTime: { name: "update_time", type: "timestamptz" },
    version: { type: "int" },
  },
});

export const presentTenant = ({ version, ...tenant }: TenantState): Tenant => ({
  ...tenant,
  etag: etagOf({ version }),
});

export const tenants = table({ entity: tenantTable, message: Tenant, present: presentTenant });
