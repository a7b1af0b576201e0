import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import type { KnownCustomer } from "./customer-fact.ts";

const customerFactTable = new EntitySchema<KnownCustomer>({
  name: "customer_fact",
  tableName: "customer_facts",
  columns: {
    tenantId: { name: "tenant_id", type: "uuid", primary: true, select: false },
    customerId: { name: "customer_id", type: "uuid", primary: true },
    stage: { type: "int" },
    grade: { type: "int" },
    source: { type: "int" },
    day: { type: "date" },
    archived: { type: "bool" },
    ownerId: { name: "owner_id", type: "uuid", nullable: true },
    displayName: { name: "display_name", type: "text" },
    regionCode: { name: "region_code", type: "text" },
    merged: { type: "bool" },
    departDate: { name: "depart_date", type: "date", nullable: true },
    churnReason: { name: "churn_reason", type: "text", nullable: true },
    referrerCustomerId: { name: "referrer_customer_id", type: "uuid", nullable: true },
    sourceCampaign: { name: "source_campaign", type: "text", nullable: true },
    relationshipLevel: { name: "relationship_level", type: "text", nullable: true },
    version: { type: "int" },
  } as never, // the tenant is the database's business, so no part of the state
});

export const customerFacts = table({ entity: customerFactTable });
