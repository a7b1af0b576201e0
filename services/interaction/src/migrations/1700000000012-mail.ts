import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** Mailboxes, every mail that came in, and the addresses that take none. */
export class Mail1700000000012 implements MigrationInterface {
  name = "Mail1700000000012";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(mailboxes + mails + sources + bounced);
  }
  async down(): Promise<void> {
    throw new Error("mail is not forgotten by a migration");
  }
}

const mailboxes = `
create table mailboxes (
  tenant_id uuid not null default tenant(),
  mailbox_id uuid not null,
  address text collate "C" not null,
  display_name text not null,
  opens_cases bool not null,
  queue_id uuid,
  signature text not null,
  acknowledgement text not null,
  active bool not null,
  is_default bool not null,
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, mailbox_id)
);
create unique index mailboxes_by_address on mailboxes (tenant_id, address); -- ListMailboxes; whose a mail is
create unique index mailboxes_default on mailboxes (tenant_id) where is_default; -- what sends for nobody in particular
create index mailboxes_by_create_time on mailboxes (tenant_id, create_time, mailbox_id); -- ListMailboxes
${secure("mailboxes", "interaction")}
`;

const mails = `
create table mails (
  tenant_id uuid not null default tenant(),
  mail_id uuid not null,
  mailbox_id uuid not null,
  state text collate "C" not null,
  reason text collate "C" not null,
  interaction_id uuid,
  message_id text collate "C" not null,
  sha256 text collate "C" not null,
  size_bytes int not null,
  receive_time timestamptz(3) not null,
  settle_time timestamptz(3),
  attachment_count int not null,
  kept_attachment_count int not null,
  refused_attachment_count int not null,
  attachment_reasons jsonb not null,
  version int not null,
  primary key (tenant_id, mail_id)
);
create index mails_by_receive_time on mails (tenant_id, receive_time, mail_id); -- ListMails
create index mails_by_interaction on mails (tenant_id, interaction_id, receive_time); -- conditions of ListMails
create index mails_by_state on mails (tenant_id, mailbox_id, state, receive_time); -- GetMailCounts, conditions of ListMails
${secure("mails", "interaction")}
`;

// Apart from the mails, so that a list of them reads none of their bytes.
const sources = `
create table mail_sources (
  tenant_id uuid not null default tenant(),
  mail_id uuid not null,
  bytes bytea not null,
  primary key (tenant_id, mail_id) -- DownloadMail, reading it
);
${secure("mail_sources", "interaction")}
`;

// Apart from the mirrors of customers and contacts, which are made anew by rebuild.
const bounced = `
create table bounced_addresses (
  tenant_id uuid not null default tenant(),
  key text collate "C" not null, -- in lower case
  bounce_time timestamptz(3) not null,
  interaction_id uuid not null, -- the message that came back
  primary key (tenant_id, key) -- SendMessage, GetContactSummary
);
${secure("bounced_addresses", "interaction")}
`;
