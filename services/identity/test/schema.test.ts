import { join } from "node:path";
import { schemaTests } from "@guanxi/testkit/schema-tests";
import { identity } from "../src/app.ts";

schemaTests({
  app: identity,
  folder: join(import.meta.dirname, ".."),
});
