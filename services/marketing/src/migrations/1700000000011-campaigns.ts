import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** Campaigns, whom they are for, what is sent, and what keeps it from being sent. */
export class Campaigns1700000000011 implements MigrationInterface {
  name = "Campaigns1700000000011";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      mirrors + campaigns + launches + members + due + messages + conversations + suppressions + policies,
    );
  }
  async down(): Promise<void> {
    throw new Error("what was sent is not forgotten by a migration");
  }
}

// What is known of a customer besides the name: what templates speak of, and what sending is decided by.
const mirrors = `
alter table customers
  add column state int not null default 1,
  add column kind text collate "C",
  add column points jsonb not null default '[]',
  add column consents jsonb not null default '[]',
  add column preferred_channel text collate "C",
  add column language text collate "C" not null default '',
  add column time_zone text collate "C" not null default '',
  add column profile jsonb not null default '{}';

create table segments (
  tenant_id uuid not null default tenant(),
  segment_id uuid not null,
  name text not null,
  state int not null,
  rank int,
  offer text not null,
  channel text collate "C",
  version int not null,
  primary key (tenant_id, segment_id)
);
${secure("segments", "marketing")}

create table segment_memberships (
  tenant_id uuid not null default tenant(),
  membership_id uuid not null,
  segment_id uuid not null,
  customer_id uuid not null,
  member bool not null,
  version int not null,
  primary key (tenant_id, membership_id)
);
create index segment_memberships_of_customer on segment_memberships (tenant_id, customer_id, segment_id)
  where member; -- the policy that holds for a member
${secure("segment_memberships", "marketing")}
`;

const campaigns = `
create table campaigns (
  tenant_id uuid not null default tenant(),
  campaign_id uuid not null,
  name text collate "C" not null,
  description text not null,
  kind text collate "C" not null,
  plan_id uuid not null,
  target_id uuid not null,
  audience jsonb not null,
  steps jsonb not null,
  start_date date,
  end_date date,
  budget bigint,
  cost bigint not null,
  currency_code text collate "C" not null,
  attribution_days int not null,
  owner_id uuid,
  status text collate "C" not null,
  launch_time timestamptz(3),
  end_time timestamptz(3),
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, campaign_id)
);
create index campaigns_by_create_time on campaigns (tenant_id, create_time, campaign_id); -- ListCampaigns
create index campaigns_by_update_time on campaigns (tenant_id, update_time, campaign_id); -- ListCampaigns
create index campaigns_by_name on campaigns (tenant_id, name, campaign_id); -- ListCampaigns
create index campaigns_by_plan on campaigns (tenant_id, plan_id, create_time, campaign_id); -- spend of a plan
${secure("campaigns", "marketing")}
`;

// Apart from the campaign, whose every version is told: how far its audience has been read.
const launches = `
create table campaign_launches (
  tenant_id uuid not null default tenant(),
  campaign_id uuid not null,
  complete bool not null,
  read_until uuid, -- the customer up to whom it has been read
  primary key (tenant_id, campaign_id)
);
${secure("campaign_launches", "marketing")}
`;

const members = `
create table campaign_members (
  tenant_id uuid not null default tenant(),
  member_id uuid not null,
  campaign_id uuid not null,
  customer_id uuid not null,
  origin text collate "C" not null,
  status text collate "C" not null,
  suppressed_reason text collate "C" not null,
  targeted_time timestamptz(3) not null,
  sent_time timestamptz(3),
  opened_time timestamptz(3),
  clicked_time timestamptz(3),
  responded_time timestamptz(3),
  converted_time timestamptz(3),
  bounced_time timestamptz(3),
  unsubscribed_time timestamptz(3),
  response text not null,
  version int not null,
  primary key (tenant_id, member_id)
);
create index campaign_members_by_targeted_time on campaign_members
  (tenant_id, campaign_id, targeted_time, member_id); -- ListCampaignMembers
create index campaign_members_by_status on campaign_members (tenant_id, campaign_id, status); -- progress
create index campaign_members_of_customer on campaign_members (tenant_id, customer_id, campaign_id); -- once in each; merges
${secure("campaign_members", "marketing")}
`;

// The next step of each member who has one: taken in the transaction that decides on it.
const due = `
create table campaign_steps_due (
  tenant_id uuid not null default tenant(),
  member_id uuid not null,
  campaign_id uuid not null,
  step int not null,
  due_time timestamptz(3) not null,
  primary key (tenant_id, member_id)
);
create index campaign_steps_due_by_time on campaign_steps_due (tenant_id, campaign_id, due_time, member_id); -- the sender
${secure("campaign_steps_due", "marketing")}
`;

const messages = `
create table campaign_messages (
  tenant_id uuid not null default tenant(),
  message_id uuid not null, -- made of campaign, step and member
  campaign_id uuid not null,
  member_id uuid not null,
  step int not null,
  customer_id uuid not null,
  template_id uuid not null,
  channel text collate "C" not null,
  address text collate "C" not null,
  subject text not null,
  text text not null,
  html text not null,
  unsubscribe_url text not null,
  purpose text collate "C" not null,
  not_before_time timestamptz(3),
  state text collate "C" not null,
  reason text collate "C" not null,
  interaction_id uuid,
  request_time timestamptz(3) not null,
  sent_time timestamptz(3),
  version int not null,
  primary key (tenant_id, message_id)
);
create unique index campaign_messages_once on campaign_messages (tenant_id, campaign_id, step, member_id); -- the ledger
create index campaign_messages_by_state on campaign_messages (tenant_id, campaign_id, step, state, reason); -- progress
create index campaign_messages_by_request_time on campaign_messages
  (tenant_id, campaign_id, request_time, message_id); -- ListCampaignMessages
create index campaign_messages_of_customer on campaign_messages (tenant_id, customer_id, request_time)
  where state <> 'SUPPRESSED'; -- the frequency cap
create index campaign_messages_of_member on campaign_messages (tenant_id, member_id, step); -- what became of a member
${secure("campaign_messages", "marketing")}

create table bounced_addresses (
  tenant_id uuid not null default tenant(),
  address text collate "C" not null, -- in lower case
  bounce_time timestamptz(3) not null,
  primary key (tenant_id, address)
);
${secure("bounced_addresses", "marketing")}

create table unsubscribed_addresses (
  tenant_id uuid not null default tenant(),
  channel text collate "C" not null,
  address text collate "C" not null, -- in lower case
  purpose text collate "C" not null, -- in lower case
  unsubscribe_time timestamptz(3) not null,
  primary key (tenant_id, address, channel, purpose)
);
${secure("unsubscribed_addresses", "marketing")}
`;

// By which an answer of a customer is known to be one to a campaign.
const conversations = `
create table campaign_conversations (
  tenant_id uuid not null default tenant(),
  conversation_id uuid not null,
  member_id uuid not null,
  primary key (tenant_id, conversation_id)
);
${secure("campaign_conversations", "marketing")}
`;

const suppressions = `
create table suppressions (
  tenant_id uuid not null default tenant(),
  suppression_id uuid not null,
  kind text collate "C" not null,
  value text collate "C" not null, -- in lower case
  note text not null,
  create_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, suppression_id)
);
create unique index suppressions_by_value on suppressions (tenant_id, kind, value); -- who is not written to
create index suppressions_by_create_time on suppressions (tenant_id, create_time, suppression_id); -- ListSuppressions
${secure("suppressions", "marketing")}
`;

const policies = `
create table sending_policies (
  tenant_id uuid not null default tenant(),
  sending_policy_id uuid not null,
  cap_messages int not null,
  cap_days int not null,
  quiet_from text collate "C" not null,
  quiet_until text collate "C" not null,
  update_time timestamptz(3),
  version int not null,
  primary key (tenant_id, sending_policy_id)
);
${secure("sending_policies", "marketing")}
`;
