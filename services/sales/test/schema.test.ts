import { join } from "node:path";
import { schemaTests } from "@guanxi/testkit/schema-tests";
import { sales } from "../src/app.ts";

schemaTests({
  app: sales,
  folder: join(import.meta.dirname, ".."),
  unread: ["opportunity_versions.opportunity_id"], // a condition names it, no row is read with it
});
