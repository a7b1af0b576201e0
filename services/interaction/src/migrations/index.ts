import { indexMigration } from "@guanxi/kit/index-migration";
import { attachmentMigration } from "@guanxi/attachments/migration";
import { linksMigration } from "@guanxi/directory/links-migration";
import { directoryMigration } from "@guanxi/directory/migration";
import { segmentsMigration } from "@guanxi/directory/segments-migration";
import { importMigration, similarRowsMigration } from "@guanxi/import/service/migration";
import { Reach1700000000002 } from "./1700000000002-reach.ts";
import { Interactions1700000000011 } from "./1700000000011-interactions.ts";
import { Mail1700000000012 } from "./1700000000012-mail.ts";
import { Tasks1700000000013 } from "./1700000000013-tasks.ts";
import { Surveys1700000000014 } from "./1700000000014-surveys.ts";
import { VisitsCare1700000000015 } from "./1700000000015-visits-care.ts";
import { Campaigns1700000000041 } from "./1700000000041-campaigns.ts";
import { CampaignLetters1700000000042 } from "./1700000000042-campaign-letters.ts";

/** One message of a campaign is one contact; and what of a campaign is kept from leaving. */
const campaignIndexes = indexMigration({
  title: "CampaignIndexes",
  stamp: 1700000000045,
  indexes: {
    interactions_by_campaign_message: {
      unique: true,
      on: "interactions (tenant_id, campaign_message_id) where campaign_message_id is not null",
    },
    interactions_queued_of_campaign: {
      on: `interactions (tenant_id, campaign_id, interaction_id)
        where campaign_id is not null and delivery_state = 'QUEUED'`,
    },
  },
  needs: "1700000000001", // older code does not write these columns
});

export const migrations = [
  directoryMigration("interaction", 1700000000001),
  Reach1700000000002,
  Interactions1700000000011,
  Mail1700000000012,
  Tasks1700000000013,
  Surveys1700000000014,
  VisitsCare1700000000015,
  importMigration("interaction", 1700000000021),
  attachmentMigration("interaction", 1700000000031),
  Campaigns1700000000041,
  CampaignLetters1700000000042,
  linksMigration("interaction", 1700000000043),
  segmentsMigration("interaction", 1700000000044),
  campaignIndexes,
  similarRowsMigration(1700000000051),
];
