import { join } from "node:path";
import { schemaTests } from "@guanxi/testkit/schema-tests";
import { analytics } from "../src/app.ts";

schemaTests({
  app: analytics,
  folder: join(import.meta.dirname, ".."),
});
