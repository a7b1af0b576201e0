// Stands where identity stands: tells of companies and people through a real outbox, relay and log, on the bus of the
// service that is tested.
import { setTimeout as pause } from "node:timers/promises";
import { app } from "@guanxi/bus/app";
import { openContext, settingsOf } from "@guanxi/bus/start";
import { Tenant } from "@guanxi/contract/guanxi/identity/v1/tenant_service";
import { TenantFounded } from "@guanxi/contract/guanxi/identity/v1/tenant_events";
import { User } from "@guanxi/contract/guanxi/identity/v1/user_service";
import { UserJoined } from "@guanxi/contract/guanxi/identity/v1/user_events";
import { settings } from "@guanxi/kit/env";
import { secure } from "@guanxi/kit/ground";
import { createLog } from "@guanxi/kit/log";
import { record } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { startService } from "@guanxi/testkit/service";
import { EntitySchema, type MigrationInterface, type QueryRunner } from "typeorm";

class Told1700000000001 implements MigrationInterface {
  name = "Told1700000000001";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table told (
        tenant_id uuid not null default tenant(), told_id uuid not null, told jsonb not null, version int not null,
        primary key (tenant_id, told_id)
      );
      ${secure("told", "identity")}`);
  }
  async down(): Promise<void> {}
}

interface Told {
  readonly toldId: string;
  readonly told: object;
  readonly version: number;
}

const entity = new EntitySchema<Told>({
  name: "told",
  tableName: "told",
  columns: {
    toldId: { name: "told_id", type: "uuid", primary: true },
    told: { type: "jsonb" },
    version: { type: "int" },
  },
});

const tenants = table({ entity, message: Tenant, present: ({ told }) => Tenant.fromPartial(told) });
const users = table({ entity, message: User, present: ({ told }) => User.fromPartial(told) });

const teller = app({
  name: "identity",
  settings: {},
  migrations: [Told1700000000001],
  readers: [],
  open: () => ({ services: [] }),
});

type Service = Awaited<ReturnType<typeof startService>>;

/** Beside a service that has been started. */
export async function startIdentityTeller(service: Service) {
  const source = await startService(teller, { NATS_URL: service.nats.url });
  const { database } = source;
  const context = await openContext(
    teller,
    settings(settingsOf(teller), {
      DATABASE_URL: database.urlOf("app"),
      DATABASE_RELAY_URL: database.urlOf("relay"),
      NATS_URL: service.nats.url,
    }) as never,
    createLog("identity", "silent"),
  );
  const as = (tenantId: string) => ({
    tenantId,
    actor: "test",
    timeZone: "Asia/Shanghai",
    currencyCode: "CNY",
  });
  return {
    found: (tenantId: string): Promise<Told> =>
      context.act(as(tenantId), async (at) => {
        const told = { tenantId, displayName: "晨光", timeZone: "Asia/Shanghai", currencyCode: "CNY" };
        return record(at, tenants, { toldId: tenantId, told, version: 0 }, TenantFounded);
      }),
    /** Answers their ids. */
    invite: (
      tenantId: string,
      people: readonly { readonly displayName: string; readonly email?: string }[],
    ): Promise<string[]> =>
      context.act(as(tenantId), async (at) => {
        const told = people.map((each) => {
          const userId = at.newId();
          return { toldId: userId, told: { ...each, userId, state: 1 }, version: 0 };
        });
        record(at, users, told, UserJoined);
        return told.map(({ toldId }) => toldId);
      }),
    /** All that was told is in the stream, and the service has read it. */
    async settled(): Promise<void> {
      while ((await source.admin.query("select from outbox limit 1")).rowCount) await pause(5);
      await service.settled();
    },
    async stop(): Promise<void> {
      await context.db.close();
      await source.stop();
    },
  };
}
