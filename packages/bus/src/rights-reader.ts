import { Tenant } from "@guanxi/contract/guanxi/identity/v1/tenant_service";
import { User, User_State } from "@guanxi/contract/guanxi/identity/v1/user_service";
import type { State } from "@guanxi/kit/columns";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { mirror, projection } from "./reaction.ts";

interface PrincipalState extends State {
  readonly principalId: string;
  readonly active: boolean;
  readonly grants: readonly string[];
}

interface SettingsState extends State {
  readonly settingsId: string;
  readonly timeZone: string;
  readonly currencyCode: string;
}

const principals = table({
  entity: new EntitySchema<PrincipalState>({
    name: "principal",
    tableName: "principals",
    columns: {
      principalId: { name: "principal_id", type: "uuid", primary: true },
      active: { type: "bool" },
      grants: { type: "jsonb" },
      version: { type: "int" },
    },
  }),
});

const settings = table({
  entity: new EntitySchema<SettingsState>({
    name: "tenant_settings",
    tableName: "tenant_settings",
    columns: {
      settingsId: { name: "settings_id", type: "uuid", primary: true },
      timeZone: { name: "time_zone", type: "text" },
      currencyCode: { name: "currency_code", type: "text" },
      version: { type: "int" },
    },
  }),
});

/** Who may do what, in every service: asked of its own tables, a right that was withdrawn holds at once. */
export const rightsReader = projection("rights", "identity", [
  mirror(User, principals, ({ state, grants }, { aggregateId, version }) => ({
    principalId: aggregateId,
    active: state === User_State.ACTIVE,
    grants: grants.map(({ resource, action }) => `${resource}:${action}`),
    version,
  })),
  mirror(Tenant, settings, ({ timeZone, currencyCode }, { aggregateId, version }) => ({
    settingsId: aggregateId,
    timeZone,
    currencyCode,
    version,
  })),
]);
