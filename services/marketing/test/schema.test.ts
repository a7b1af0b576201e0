import { join } from "node:path";
import { schemaTests } from "@guanxi/testkit/schema-tests";
import { marketing } from "../src/app.ts";

schemaTests({ app: marketing, folder: join(import.meta.dirname, "..") });
