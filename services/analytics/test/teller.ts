// Stands where the customer service stands: tells of customers through a real outbox, relay and log, under the real contract.
import { app } from "@guanxi/bus/app";
import { Customer, Customer_State } from "@guanxi/contract/guanxi/customer/v1/customer";
import { dateOf } from "@guanxi/kit/days";
import { etagOf } from "@guanxi/kit/etag";
import { secure } from "@guanxi/kit/ground";
import { table } from "@guanxi/kit/table";
import { EntitySchema, type MigrationInterface, type QueryRunner } from "typeorm";
import type { CustomerFact } from "../src/customers/customer-fact.ts";

class Told1700000000001 implements MigrationInterface {
  name = "Told1700000000001";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table told (
        tenant_id uuid not null default tenant(), customer_id uuid not null,
        stage int not null, grade int not null, source int not null, day date not null,
        archived boolean not null, owner_id uuid,
        display_name text not null, region_code text not null, version int not null, primary key (tenant_id, customer_id)
      );
      ${secure("told", "customer")}`);
  }
  async down(): Promise<void> {}
}

const toldTable = new EntitySchema<CustomerFact>({
  name: "told",
  tableName: "told",
  columns: {
    customerId: { name: "customer_id", type: "uuid", primary: true },
    stage: { type: "int" },
    grade: { type: "int" },
    source: { type: "int" },
    day: { type: "date" },
    archived: { type: "bool" },
    ownerId: { name: "owner_id", type: "uuid", nullable: true },
    displayName: { name: "display_name", type: "text" },
    regionCode: { name: "region_code", type: "text" },
    version: { type: "int" },
  },
});

export const asCustomer = (fact: CustomerFact): Customer =>
  Customer.fromPartial({
    customerId: fact.customerId,
    displayName: fact.displayName,
    regionCode: fact.regionCode,
    lifecycleStage: fact.stage as never,
    grade: fact.grade as never,
    source: { channel: fact.source as never },
    createDate: dateOf(fact.day),
    state: fact.archived ? Customer_State.ARCHIVED : Customer_State.ACTIVE,
    ownerId: fact.ownerId ?? "",
    etag: etagOf(fact),
  });

export const told = table({
  entity: toldTable,
  message: Customer,
  present: asCustomer,
  customerOf: ({ customerId }) => customerId,
});

export const teller = app({
  name: "customer",
  settings: {},
  migrations: [Told1700000000001],
  readers: [],
  open: () => ({ services: [] }),
});
