// A database of each service, after all of its migrations.
import { testDatabase } from "@guanxi/testkit/database";
import { Client } from "pg";
import { inject } from "vitest";
import { analytics } from "../../services/analytics/src/app.ts";
import { customer } from "../../services/customer/src/app.ts";
import { identity } from "../../services/identity/src/app.ts";

const APPS = { identity, customer, analytics };
export type AppName = keyof typeof APPS;
export const NAMES = Object.keys(APPS) as AppName[];

/** One connection for each role, and the superuser's. */
export async function openSchema(name: AppName) {
  const database = await testDatabase(inject("adminUrl"), APPS[name]);
  const open = async (connectionString: string) => {
    const client = new Client({ connectionString });
    await client.connect();
    return client;
  };
  const admin = await open(database.adminUrl);
  const app = await open(database.urlOf("app"));
  return {
    admin,
    app,
    async close() {
      await admin.end();
      await app.end();
    },
  };
}
