import { CustomerCounts1700000000001 } from "./1700000000001-customer-counts.ts";
import { OrderFacts1700000000011 } from "./1700000000011-order-facts.ts";
import { OpportunityFacts1700000000012 } from "./1700000000012-opportunity-facts.ts";
import { Names1700000000013 } from "./1700000000013-names.ts";
import { Values1700000000021 } from "./1700000000021-values.ts";

export const migrations = [
  CustomerCounts1700000000001,
  OrderFacts1700000000011,
  OpportunityFacts1700000000012,
  Names1700000000013,
  Values1700000000021,
];
