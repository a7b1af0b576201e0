import { indexMigration } from "@guanxi/kit/index-migration";
import { CustomerCounts1700000000001 } from "./1700000000001-customer-counts.ts";
import { OrderFacts1700000000011 } from "./1700000000011-order-facts.ts";
import { OpportunityFacts1700000000012 } from "./1700000000012-opportunity-facts.ts";
import { Names1700000000013 } from "./1700000000013-names.ts";
import { Values1700000000021 } from "./1700000000021-values.ts";
import { ServiceFacts1700000000031 } from "./1700000000031-service-facts.ts";
import { Relations1700000000041 } from "./1700000000041-relations.ts";

/** How many customers a campaign brought, who left in a period, who was sent by whom, and the win rate versus a competitor. */
const relationIndexes = indexMigration({
  title: "RelationIndexes",
  stamp: 1700000000042,
  indexes: {
    customer_facts_of_campaign: {
      on: "customer_facts (tenant_id, source_campaign) where source_campaign is not null and not merged",
    },
    opportunity_facts_of_competitor: {
      on: "opportunity_facts (tenant_id, competitor_id) where competitor_id is not null",
    },
    customer_facts_departed: { on: "customer_facts (tenant_id, depart_date) where depart_date is not null" },
    customer_facts_referred: {
      on: "customer_facts (tenant_id, referrer_customer_id) where referrer_customer_id is not null",
    },
  },
  needs: "1700000000001",
});

export const migrations = [
  CustomerCounts1700000000001,
  OrderFacts1700000000011,
  OpportunityFacts1700000000012,
  Names1700000000013,
  Values1700000000021,
  ServiceFacts1700000000031,
  Relations1700000000041,
  relationIndexes,
];
