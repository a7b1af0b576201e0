// Stands where the customer service stands: tells of customers and answers to leads through a real outbox, relay and log,
// under the real contract, on the bus of the service that is tested.
import { setTimeout as pause } from "node:timers/promises";
import { Metadata } from "@grpc/grpc-js";
import { app } from "@guanxi/bus/app";
import { type Archive, archiveOf } from "@guanxi/bus/archive";
import { openContext, settingsOf } from "@guanxi/bus/start";
import { Customer, type ExternalId } from "@guanxi/contract/guanxi/customer/v1/customer";
import {
  CustomerChanged,
  CustomerRegistered,
  CustomerRemoved,
} from "@guanxi/contract/guanxi/customer/v1/customer_events";
import { LeadIntake, LeadIntake_State } from "@guanxi/contract/guanxi/customer/v1/lead_intake";
import { LeadRefused, LeadTaken } from "@guanxi/contract/guanxi/customer/v1/lead_intake_events";
import type { Lead } from "@guanxi/contract/guanxi/sales/v1/lead";
import { settings } from "@guanxi/kit/env";
import { secure } from "@guanxi/kit/ground";
import { createLog } from "@guanxi/kit/log";
import { discard, get, record } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { startService } from "@guanxi/testkit/service";
import { EntitySchema, type MigrationInterface, type QueryRunner } from "typeorm";

class Told1700000000001 implements MigrationInterface {
  name = "Told1700000000001";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table told_customers (
        tenant_id uuid not null default tenant(), customer_id uuid not null, display_name text not null,
        external_ids jsonb not null, version int not null, primary key (tenant_id, customer_id)
      );
      create table told_intakes (
        tenant_id uuid not null default tenant(), lead_intake_id uuid not null, lead_id uuid not null,
        customer_id uuid not null, refusal text not null, version int not null,
        primary key (tenant_id, lead_intake_id)
      );
      ${secure("told_customers", "customer")}
      ${secure("told_intakes", "customer")}`);
  }
  async down(): Promise<void> {}
}

interface ToldCustomer {
  readonly customerId: string;
  readonly displayName: string;
  readonly externalIds: readonly ExternalId[];
  readonly version: number;
}

interface ToldIntake {
  readonly leadIntakeId: string;
  readonly leadId: string;
  readonly customerId: string;
  readonly refusal: string;
  readonly version: number;
}

const toldCustomers = table({
  entity: new EntitySchema<ToldCustomer>({
    name: "told_customer",
    tableName: "told_customers",
    columns: {
      customerId: { name: "customer_id", type: "uuid", primary: true },
      displayName: { name: "display_name", type: "text" },
      externalIds: { name: "external_ids", type: "jsonb" },
      version: { type: "int" },
    },
  }),
  message: Customer,
  present: ({ version, externalIds, ...told }) =>
    Customer.fromPartial({ ...told, externalIds: [...externalIds], etag: String(version) }),
  customerOf: ({ customerId }) => customerId,
});

const toldIntakes = table({
  entity: new EntitySchema<ToldIntake>({
    name: "told_intake",
    tableName: "told_intakes",
    columns: {
      leadIntakeId: { name: "lead_intake_id", type: "uuid", primary: true },
      leadId: { name: "lead_id", type: "uuid" },
      customerId: { name: "customer_id", type: "uuid" },
      refusal: { type: "text" },
      version: { type: "int" },
    },
  }),
  message: LeadIntake,
  present: ({ version, ...told }) =>
    LeadIntake.fromPartial({
      ...told,
      etag: String(version),
      state: told.refusal ? LeadIntake_State.REFUSED : LeadIntake_State.TAKEN,
    }),
  customerOf: ({ customerId }) => customerId,
});

const teller = app({
  name: "customer",
  settings: {},
  migrations: [Told1700000000001],
  readers: [],
  open: () => ({ services: [] }),
});

type Service = Awaited<ReturnType<typeof startService>>;

/** Beside a service that has been started. */
export async function startCustomerTeller(service: Service) {
  const source = await startService(teller, { NATS_URL: service.nats.url });
  const { database } = source;
  const context = await openContext(
    teller,
    settings(settingsOf(teller), {
      DATABASE_URL: database.urlOf("app"),
      DATABASE_RELAY_URL: database.urlOf("relay"),
      NATS_URL: service.nats.url,
    }) as never,
    createLog("customer", "silent"),
  );
  const as = (tenantId: string) => ({
    tenantId,
    actor: "test",
    timeZone: "Asia/Shanghai",
    currencyCode: "CNY",
  });
  const published = async () => {
    while ((await source.admin.query("select from outbox limit 1")).rowCount) await pause(5);
  };
  return {
    published,
    /** All that was told is in the stream, and the service has read it. */
    async settled(): Promise<void> {
      await published();
      await service.settled();
    },
    register: (
      tenantId: string,
      all: readonly Pick<ToldCustomer, "displayName" | "externalIds">[],
    ): Promise<ToldCustomer[]> =>
      context.act(as(tenantId), async (at) => {
        const customers = all.map((each) => ({ ...each, customerId: at.newId(), version: 0 }));
        return record(at, toldCustomers, customers, CustomerRegistered);
      }),
    change: (
      tenantId: string,
      { customerId }: Pick<ToldCustomer, "customerId">,
      changes: Partial<ToldCustomer>,
    ): Promise<ToldCustomer> =>
      context.act(as(tenantId), async (at) =>
        record(
          at,
          toldCustomers,
          { ...(await get(at, toldCustomers, customerId)), ...changes },
          CustomerChanged,
        ),
      ),
    remove: (tenantId: string, { customerId }: Pick<ToldCustomer, "customerId">): Promise<void> =>
      context.act(as(tenantId), async (at) => {
        discard(at, toldCustomers, [await get(at, toldCustomers, customerId)], CustomerRemoved);
      }),
    /** The answer to the lead's conversion: taken, unless there is a refusal; as the customer that was chosen, unless there is another. */
    answer: (
      tenantId: string,
      { leadId, conversion }: Lead,
      refusal = "",
      customerId = conversion!.customerId,
    ): Promise<ToldIntake> =>
      context.act(as(tenantId), async (at) => {
        const { conversionId: leadIntakeId } = conversion!;
        const intake = { leadIntakeId, leadId, customerId, refusal, version: 0 };
        return record(at, toldIntakes, intake, refusal ? LeadRefused : LeadTaken);
      }),
    /** What it has told so far, for those who read it anew. */
    async archive(): Promise<Archive> {
      const metadata = new Metadata();
      metadata.set("authorization", `Bearer ${await source.serviceToken()}`);
      return archiveOf(source.grpcAddress(), async () => metadata);
    },
    async stop(): Promise<void> {
      await context.db.close();
      await source.stop();
    },
  };
}
