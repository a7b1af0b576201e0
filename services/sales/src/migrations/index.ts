import { linksMigration } from "@guanxi/directory/links-migration";
import { importMigration, similarRowsMigration } from "@guanxi/import/service/migration";
import { Mirrors1700000000001 } from "./1700000000001-mirrors.ts";
import { ProductsPipelines1700000000002 } from "./1700000000002-products-pipelines.ts";
import { Opportunities1700000000003 } from "./1700000000003-opportunities.ts";
import { Orders1700000000011 } from "./1700000000011-orders.ts";
import { Leads1700000000012 } from "./1700000000012-leads.ts";
import { Competitors1700000000042 } from "./1700000000042-competitors.ts";

export const migrations = [
  Mirrors1700000000001,
  ProductsPipelines1700000000002,
  Opportunities1700000000003,
  Orders1700000000011,
  Leads1700000000012,
  importMigration("sales", 1700000000021),
  linksMigration("sales", 1700000000041),
  Competitors1700000000042,
  similarRowsMigration(1700000000051),
];
