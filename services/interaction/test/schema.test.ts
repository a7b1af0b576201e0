import { join } from "node:path";
import { schemaTests } from "@guanxi/testkit/schema-tests";
import { interaction } from "../src/app.ts";

schemaTests({ app: interaction, folder: join(import.meta.dirname, "..") });
