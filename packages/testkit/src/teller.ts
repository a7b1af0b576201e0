// Stands where another service stands: tells of its aggregates through a real outbox, relay and log, under the real
// contract, on the bus of the service that is tested.
import { setTimeout as pause } from "node:timers/promises";
import { app } from "@guanxi/bus/app";
import { openContext, settingsOf } from "@guanxi/bus/start";
import { Origin } from "@guanxi/contract/guanxi/event/v1/event";
import type { Codec } from "@guanxi/kit/codec";
import { settings } from "@guanxi/kit/env";
import { secure } from "@guanxi/kit/ground";
import { createLog } from "@guanxi/kit/log";
import { discard, lock, record } from "@guanxi/kit/store";
import { type Table, table } from "@guanxi/kit/table";
import { EntitySchema, type MigrationInterface, type QueryRunner } from "typeorm";
import { startService } from "./service.ts";

interface Told {
  readonly toldId: string;
  readonly customerId: string | null;
  /** The message, as bytes in base64. */
  readonly told: string;
  readonly version: number;
}

const entity = new EntitySchema<Told>({
  name: "told",
  tableName: "told",
  columns: {
    toldId: { name: "told_id", type: "uuid", primary: true },
    customerId: { name: "customer_id", type: "uuid", nullable: true },
    told: { type: "text" },
    version: { type: "int" },
  },
});

type Service = Awaited<ReturnType<typeof startService>>;

/** Beside a service that has been started, as the area that it reads: customer, sales, interaction. */
export async function startTeller(service: Service, area: string) {
  const teller = tellerOf(area);
  const source = await startService(teller, { NATS_URL: service.nats.url });
  const context = await openContext(
    teller,
    settings(settingsOf(teller), {
      DATABASE_URL: source.database.urlOf("app"),
      DATABASE_RELAY_URL: source.database.urlOf("relay"),
      NATS_URL: service.nats.url,
    }) as never,
    createLog(area, "silent"),
  );
  const published = async () => {
    while ((await source.admin.query("select from outbox limit 1")).rowCount) await pause(5);
  };
  const tables = new Map<string, Table<Told>>();
  const tableOf = <M>(message: Codec<M>) => {
    const known = tables.get(message.$type) ?? toldOf(message);
    tables.set(message.$type, known);
    return known;
  };
  return {
    /** One event, with the whole state after it; `facts` are those of this event alone. */
    tell: <M, E>(tenantId: string, message: Codec<M>, event: Codec<E>, told: Telling): Promise<Told> =>
      context.act(as(tenantId, told.importId), async (at) => {
        const target = tableOf(message);
        const state = message.fromPartial(told.state);
        const { rows } = await source.admin.query("select from told where tenant_id = $1 and told_id = $2", [
          tenantId,
          told.id,
        ]);
        const version = rows.length > 0 ? (await lock(at, target, told.id)).version : 0;
        const bytes = Buffer.from(message.encode(state).finish()).toString("base64");
        const after = { toldId: told.id, customerId: told.customerId ?? null, told: bytes, version };
        return record(at, target, after, event, told.facts);
      }),
    /** The aggregate is gone: the event has no state. */
    remove: <M, E>(tenantId: string, message: Codec<M>, event: Codec<E>, id: string): Promise<void> =>
      context.act(as(tenantId), async (at) => {
        const target = tableOf(message);
        discard(at, target, [await lock(at, target, id)], event);
      }),
    published,
    /** All that was told is in the stream, and the service has read it. */
    async settled(): Promise<void> {
      await published();
      await service.settled();
    },
    archive: source.archive,
    async stop(): Promise<void> {
      await context.db.close();
      await source.stop();
    },
  };
}

interface Telling {
  readonly id: string;
  readonly state: object;
  readonly customerId?: string;
  readonly facts?: object;
  /** The import that says so. */
  readonly importId?: string;
}

const as = (tenantId: string, importId?: string) => ({
  tenantId,
  actor: "test",
  timeZone: "Asia/Shanghai",
  currencyCode: "CNY",
  ...(importId && { cause: { importId, origin: Origin.IMPORT } }),
});

const toldOf = <M>(message: Codec<M>): Table<Told> =>
  table({
    entity,
    message,
    present: ({ told }) => message.decode(Buffer.from(told, "base64")),
    customerOf: ({ customerId }) => customerId,
  }) as Table<Told>;

const tellerOf = (area: string) => {
  class Told1700000000001 implements MigrationInterface {
    name = "Told1700000000001";
    async up(runner: QueryRunner): Promise<void> {
      await runner.query(`
        create table told (
          tenant_id uuid not null default tenant(), told_id uuid not null, customer_id uuid, told text not null,
          version int not null, primary key (tenant_id, told_id)
        );
        ${secure("told", area)}`);
    }
    async down(): Promise<void> {}
  }
  return app({
    name: area,
    settings: {},
    migrations: [Told1700000000001],
    readers: [],
    open: () => ({ services: [] }),
  });
};
