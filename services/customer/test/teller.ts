// Stands where another service stands: tells of its aggregates through a real outbox, relay and log, under the real contract.
import { app } from "@guanxi/bus/app";
import { openContext, settingsOf } from "@guanxi/bus/start";
import { settings } from "@guanxi/kit/env";
import { secure } from "@guanxi/kit/ground";
import { createLog } from "@guanxi/kit/log";
import { discard, find, record } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import type { Codec } from "@guanxi/kit/codec";
import { startService } from "@guanxi/testkit/service";
import { EntitySchema, type MigrationInterface, type QueryRunner } from "typeorm";
import { setTimeout as pause } from "node:timers/promises";

interface ToldState {
  readonly toldId: string;
  /** The message as it goes over the wire, in base64. */
  readonly said: string;
  readonly version: number;
}

/** One thing that is told of, such as an order. */
const toldOf = <M extends object>(message: Codec<M>) =>
  table({
    entity: new EntitySchema<ToldState>({
      name: tableNameOf(message),
      tableName: tableNameOf(message),
      columns: {
        toldId: { name: "told_id", type: "uuid", primary: true },
        said: { type: "text" },
        version: { type: "int" },
      },
    }),
    message,
    present: ({ said }) => message.decode(Buffer.from(said, "base64")),
  });

const tableNameOf = ({ $type }: { readonly $type: string }) =>
  `told_${$type.split(".").at(-1)!.toLowerCase()}`;

function migration(area: string, messages: readonly { readonly $type: string }[]) {
  return class Told1700000000001 implements MigrationInterface {
    // Test files share the database of those whose migrations are called the same.
    name = `${messages.map(tableNameOf).join("_")}_1700000000001`;
    async up(runner: QueryRunner): Promise<void> {
      for (const message of messages) {
        const name = tableNameOf(message);
        await runner.query(`
create table ${name} (tenant_id uuid not null default tenant(), told_id uuid not null, said text not null,
  version int not null, primary key (tenant_id, told_id));
${secure(name, area)}`);
      }
    }
    async down(): Promise<void> {}
  };
}

/** On the bus of the service that is to hear it. `M` is what the messages of the area have in common. */
export async function startTeller(area: string, natsUrl: string, messages: readonly Codec<never>[]) {
  const telling = app({
    name: area,
    settings: {},
    migrations: [migration(area, messages)],
    readers: [],
    open: () => ({ services: [] }),
  });
  const source = await startService(telling, { NATS_URL: natsUrl });
  const context = await openContext(
    telling,
    settings(settingsOf(telling), {
      DATABASE_URL: source.database.urlOf("app"),
      DATABASE_RELAY_URL: source.database.urlOf("relay"),
      NATS_URL: natsUrl,
    }) as never,
    createLog(area, "silent"),
  );
  const tables = new Map(messages.map((message) => [message.$type, toldOf(message as Codec<object>)]));
  const as = (tenantId: string) => ({
    tenantId,
    actor: "test",
    timeZone: "Asia/Shanghai",
    currencyCode: "CNY",
  });

  return {
    source,
    /** The aggregate is now like this, or gone. */
    tell: <M>(tenantId: string, message: Codec<M>, id: string, event: Codec<unknown>, state: M | undefined) =>
      context.act(as(tenantId), async (at) => {
        const told = tables.get(message.$type)!;
        const [before] = await find(at, told, [id]);
        if (state === undefined) {
          discard(at, told, [before!], event);
          return;
        }
        const said = Buffer.from(message.encode(state).finish()).toString("base64");
        record(at, told, { toldId: id, said, version: before?.version ?? 0 }, event);
      }),
    async published(): Promise<void> {
      while ((await source.admin.query("select from outbox limit 1")).rowCount) await pause(5);
    },
    async stop(): Promise<void> {
      await context.db.close();
      await source.stop();
    },
  };
}
