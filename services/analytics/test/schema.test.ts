import { join } from "node:path";
import { schemaTests } from "@guanxi/testkit/schema-tests";
import { analytics } from "../src/app.ts";

schemaTests({
  app: analytics,
  folder: join(import.meta.dirname, ".."),
  unread: [
    "invitation_facts.send_order",
    "customer_values.probability_alive_micros",
    "opportunity_facts.amount_order",
    "opportunity_facts.open_order",
    "opportunity_facts.close_order",
  ],
});
