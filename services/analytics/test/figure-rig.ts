// Analytics, and two who stand where sales and the others stand: they tell of real aggregates through real outboxes, relays
// and logs, under the real contract.
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { Metadata } from "@grpc/grpc-js";
import { app } from "@guanxi/bus/app";
import { archiveOf } from "@guanxi/bus/archive";
import { checkRebuild, rebuild } from "@guanxi/bus/rebuild";
import { applying, openContext, settingsOf } from "@guanxi/bus/start";
import { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CustomerChanged } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import { TeamChanged } from "@guanxi/contract/guanxi/identity/v1/team_events";
import { Team } from "@guanxi/contract/guanxi/identity/v1/team_service";
import { UserChanged } from "@guanxi/contract/guanxi/identity/v1/user_events";
import { User } from "@guanxi/contract/guanxi/identity/v1/user_service";
import { Lead } from "@guanxi/contract/guanxi/sales/v1/lead";
import { LeadChanged } from "@guanxi/contract/guanxi/sales/v1/lead_events";
import { Opportunity } from "@guanxi/contract/guanxi/sales/v1/opportunity";
import { OpportunityChanged, OpportunityRemoved } from "@guanxi/contract/guanxi/sales/v1/opportunity_events";
import { Order } from "@guanxi/contract/guanxi/sales/v1/order";
import { OrderChanged, OrderRemoved } from "@guanxi/contract/guanxi/sales/v1/order_events";
import { Pipeline } from "@guanxi/contract/guanxi/sales/v1/pipeline";
import { PipelineChanged } from "@guanxi/contract/guanxi/sales/v1/pipeline_events";
import { Product } from "@guanxi/contract/guanxi/sales/v1/product";
import { ProductChanged } from "@guanxi/contract/guanxi/sales/v1/product_events";
import type { Codec } from "@guanxi/kit/codec";
import { settings } from "@guanxi/kit/env";
import { secure } from "@guanxi/kit/ground";
import { createLog } from "@guanxi/kit/log";
import { discard, find, get, record } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { publishAgain } from "@guanxi/testkit/publish-again";
import { startService } from "@guanxi/testkit/service";
import { connect } from "@nats-io/transport-node";
import { EntitySchema, type MigrationInterface, type QueryRunner } from "typeorm";
import { analytics } from "../src/app.ts";

interface Told {
  readonly toldId: string;
  /** The message, in base64. */
  readonly state: string;
  readonly version: number;
}

const toldTable = <M>(message: Codec<M>) =>
  table({
    entity: new EntitySchema<Told>({
      name: "told",
      tableName: "told",
      columns: {
        toldId: { name: "told_id", type: "uuid", primary: true },
        state: { type: "text" },
        version: { type: "int" },
      },
    }),
    message,
    present: ({ state }) => message.decode(Buffer.from(state, "base64")),
  });

const KINDS = {
  order: { told: toldTable(Order), changed: OrderChanged, removed: OrderRemoved },
  opportunity: { told: toldTable(Opportunity), changed: OpportunityChanged, removed: OpportunityRemoved },
  lead: { told: toldTable(Lead), changed: LeadChanged, removed: undefined },
  product: { told: toldTable(Product), changed: ProductChanged, removed: undefined },
  pipeline: { told: toldTable(Pipeline), changed: PipelineChanged, removed: undefined },
  customer: { told: toldTable(Customer), changed: CustomerChanged, removed: undefined },
  user: { told: toldTable(User), changed: UserChanged, removed: undefined },
  team: { told: toldTable(Team), changed: TeamChanged, removed: undefined },
};
type Kind = keyof typeof KINDS;
const OF_SALES: ReadonlySet<Kind> = new Set<Kind>(["order", "opportunity", "lead", "product", "pipeline"]);

const tellerOf = (name: string) => {
  class Told1700000000001 implements MigrationInterface {
    name = "Told1700000000001";
    async up(runner: QueryRunner): Promise<void> {
      await runner.query(`
        create table told (tenant_id uuid not null default tenant(), told_id uuid not null, state text not null,
          version int not null, primary key (tenant_id, told_id));
        ${secure("told", name)}`);
    }
    async down(): Promise<void> {}
  }
  return app({
    name,
    settings: {},
    migrations: [Told1700000000001],
    readers: [],
    open: () => ({ services: [] }),
  });
};

const as = (tenantId: string) => ({
  tenantId,
  actor: "test",
  timeZone: "Asia/Shanghai",
  currencyCode: "CNY",
});
const log = createLog("test", "silent");

export async function startFigures() {
  const service = await startService(analytics);
  const [salesApp, othersApp] = [tellerOf("sales"), tellerOf("identity")];
  const sales = await startService(salesApp, { NATS_URL: service.nats.url });
  const others = await startService(othersApp, { NATS_URL: service.nats.url });
  const telling = await contextOf(salesApp, sales);
  const tellingOthers = await contextOf(othersApp, others);
  const reading = await contextOf(analytics, service);
  const nats = await connect({ servers: service.nats.url });
  const contextFor = (kind: Kind) => (OF_SALES.has(kind) ? telling : tellingOthers);

  const reader = analytics.readers.find(({ name }) => name === "sales")!;
  const options = applying(analytics, reading, reader);

  async function archive() {
    const metadata = new Metadata();
    metadata.set("authorization", `Bearer ${await sales.serviceToken()}`);
    return archiveOf(sales.grpcAddress(), async () => metadata);
  }

  return {
    service,
    sales,
    /** Tells of the state, new or changed, and answers its id. */
    async tell(tenantId: string, kind: Kind, state: object, id: string = randomUUID()): Promise<string> {
      const { told, changed } = KINDS[kind];
      const message = (told.message as Codec<unknown>).fromPartial({ [`${kind}Id`]: id, ...state });
      const bytes = Buffer.from((told.message as Codec<unknown>).encode(message).finish());
      await contextFor(kind).act(as(tenantId), async (at) => {
        const [before] = await find(at, told as typeof KINDS.order.told, [id]);
        const after = { toldId: id, version: 0, ...before, state: bytes.toString("base64") };
        return record(at, told as typeof KINDS.order.told, after, changed);
      });
      return id;
    },
    /** Tells of new ones, all in one transaction. */
    async tellNew(tenantId: string, kind: Kind, states: readonly object[]): Promise<string[]> {
      const { told, changed } = KINDS[kind];
      const codec = told.message as Codec<unknown>;
      const rows = states.map((state) => {
        const toldId: string = randomUUID();
        const bytes = codec.encode(codec.fromPartial({ [`${kind}Id`]: toldId, ...state })).finish();
        return { toldId, version: 0, state: Buffer.from(bytes).toString("base64") };
      });
      await contextFor(kind).act(as(tenantId), async (at) =>
        record(at, told as typeof KINDS.order.told, rows, changed),
      );
      return rows.map(({ toldId }) => toldId);
    },
    async remove(tenantId: string, kind: "order" | "opportunity", id: string): Promise<void> {
      const { told, removed } = KINDS[kind];
      await telling.act(as(tenantId), async (at) =>
        discard(
          at,
          told as typeof KINDS.order.told,
          [await get(at, told as typeof KINDS.order.told, id)],
          removed,
        ),
      );
    },
    /** Brings everything that sales has said of a tenant once more, as a stream may. */
    async repeat(tenantId: string): Promise<void> {
      const { rows } = await sales.admin.query(
        "select subject, payload from event_log where tenant_id = $1 order by stream_sequence",
        [tenantId],
      );
      await publishAgain(nats, rows as { subject: string; payload: Buffer }[]);
      await service.settled();
    },
    /** All that was told is in the stream, and analytics has read it. */
    async settled(): Promise<void> {
      for (const { admin } of [sales, others])
        while ((await admin.query("select from outbox limit 1")).rowCount) await pause(5);
      await service.settled();
    },
    rebuild: async (tenantId: string) => rebuild(options, await archive(), tenantId),
    checkRebuild: async (tenantId: string) => checkRebuild(options, await archive(), tenantId),
    async stop(): Promise<void> {
      await nats.close();
      await Promise.all([reading, telling, tellingOthers].map(({ db }) => db.close()));
      await sales.stop();
      await others.stop();
      await service.stop();
    },
  };
}

type App = ReturnType<typeof tellerOf> | typeof analytics;

export const contextOf = (of: App, { database, nats }: Awaited<ReturnType<typeof startService>>) =>
  openContext(
    of,
    settings(settingsOf(of), {
      DATABASE_URL: database.urlOf("app"),
      DATABASE_RELAY_URL: database.urlOf("relay"),
      NATS_URL: nats.url,
    }) as never,
    log,
  );
