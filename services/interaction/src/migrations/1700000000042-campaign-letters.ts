import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** What goes with the message of a campaign besides its text, and what keeps it from leaving. */
export class CampaignLetters1700000000042 implements MigrationInterface {
  name = "CampaignLetters1700000000042";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(letters + stops);
  }
  async down(): Promise<void> {
    throw new Error("what was sent is not forgotten by a migration");
  }
}

// Apart from the contact, whose every version is told: the HTML may be a hundred times its text.
const letters = `
create table campaign_letters (
  tenant_id uuid not null default tenant(),
  interaction_id uuid not null,
  html text not null,
  unsubscribe_url text not null,
  member_id uuid not null,
  quiet_from text collate "C" not null,
  quiet_until text collate "C" not null,
  time_zone text collate "C" not null,
  primary key (tenant_id, interaction_id) -- the sender
);
create index campaign_letters_of_member on campaign_letters (tenant_id, member_id); -- who was taken out
${secure("campaign_letters", "interaction")}
`;

const stops = `
create table campaign_stops (
  tenant_id uuid not null default tenant(),
  stop_id uuid not null, -- of the campaign, the member or the suppression
  kind text collate "C" not null,
  value text collate "C" not null,
  primary key (tenant_id, stop_id)
);
create index campaign_stops_by_value on campaign_stops (tenant_id, kind, value); -- whoever is about to send
${secure("campaign_stops", "interaction")}
`;
