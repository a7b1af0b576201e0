import { attachmentMigration } from "@guanxi/attachments/migration";
import { linksMigration } from "@guanxi/directory/links-migration";
import { directoryMigration } from "@guanxi/directory/migration";
import { segmentsMigration } from "@guanxi/directory/segments-migration";
import { importMigration, similarRowsMigration } from "@guanxi/import/service/migration";
import { Cases1700000000011 } from "./1700000000011-cases.ts";
import { Sla1700000000012 } from "./1700000000012-sla.ts";
import { NeedsActionsNotices1700000000013 } from "./1700000000013-needs-actions-notices.ts";

export const migrations = [
  directoryMigration("service_desk", 1700000000001),
  Cases1700000000011,
  Sla1700000000012,
  NeedsActionsNotices1700000000013,
  importMigration("service_desk", 1700000000021),
  attachmentMigration("service_desk", 1700000000031),
  linksMigration("service_desk", 1700000000041),
  segmentsMigration("service_desk", 1700000000042),
  similarRowsMigration(1700000000051),
];
