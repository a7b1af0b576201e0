import { join } from "node:path";
import { schemaTests } from "@guanxi/testkit/schema-tests";
import { serviceDesk } from "../src/app.ts";

schemaTests({
  app: serviceDesk,
  folder: join(import.meta.dirname, ".."),
  unread: ["case_changes.case_id", "need_versions.need_id"], // a condition names them, no row is read with them
});
