import { linksMigration } from "@guanxi/directory/links-migration";
import { directoryMigration } from "@guanxi/directory/migration";
import { Campaigns1700000000011 } from "./1700000000011-campaigns.ts";
import { PauseReason1700000000014 } from "./1700000000014-pause-reason.ts";
import { Strategy1700000000012 } from "./1700000000012-strategy.ts";

export const migrations = [
  directoryMigration("marketing", 1700000000001),
  Campaigns1700000000011,
  Strategy1700000000012,
  linksMigration("marketing", 1700000000013),
  PauseReason1700000000014,
];
