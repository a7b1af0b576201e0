// A launch whose services die again and again, as processes of their own; then what the mail server got is held against the ledger.
import { randomUUID } from "node:crypto";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { openContext, settingsOf } from "@guanxi/bus/start";
import { MailboxCreated } from "@guanxi/contract/guanxi/interaction/v1/mailbox_events";
import {
  CreateCampaignRequest,
  LaunchCampaignRequest,
} from "@guanxi/contract/guanxi/marketing/v1/campaign_service";
import type { Handler } from "@guanxi/kit/handler";
import { settings } from "@guanxi/kit/env";
import { createLog } from "@guanxi/kit/log";
import { record } from "@guanxi/kit/store";
import { testDatabase } from "@guanxi/testkit/database";
import { type Env, type Program, startProgram } from "@guanxi/testkit/program";
import { startNats } from "@guanxi/testkit/servers/nats";
import { Pool } from "pg";
import { interaction } from "../../services/interaction/src/app.ts";
import { mailboxes } from "../../services/interaction/src/mail/mailboxes.ts";
import { startSink } from "../../services/interaction/test/smtp-sink.ts";
import { marketing } from "../../services/marketing/src/app.ts";
import { createCampaign } from "../../services/marketing/src/campaigns/handlers/create-campaign.ts";
import { launchCampaign } from "../../services/marketing/src/campaigns/handlers/launch-campaign.ts";
import { preparePlan } from "../../services/marketing/test/campaign-ground.ts";
import { startCustomerStand } from "../../services/marketing/test/customer-stand.ts";

const main = (service: string) => path.join(import.meta.dirname, `../../services/${service}/src/main.ts`);
const ANSWER_MS = 8;
/** A process is given so long at most before it dies. */
const LIFE_MS = 900;
const LONG_MS = 600_000;

export interface LaunchCounts {
  readonly members: number;
  /** Lines of the ledger, and contacts that they became. */
  readonly ledger: number;
  readonly contacts: number;
  readonly sent: number;
  /** Handed over by a sender that was killed before it could say what became of them. */
  readonly undecided: number;
  readonly sunk: number;
  readonly sunkTwice: number;
  /** Said to be sent by the ledger, and never got there; or got there, and is in no ledger. */
  readonly lost: number;
  readonly strange: number;
}

export async function killLaunch(adminUrl: string, members: number, kills: number): Promise<LaunchCounts> {
  const segments = new Map<string, readonly string[]>();
  const [sink, stand, nats] = await Promise.all([
    startSink({ delayMs: () => Math.random() * ANSWER_MS }),
    startCustomerStand(segments),
    startNats(),
  ]);
  const ground = await groundOf(adminUrl, { sink: sink.url, stand: stand.address, nats: nats.url });
  const running: Program[] = [];
  try {
    const segmentId = randomUUID();
    segments.set(segmentId, await customers(ground, members));
    await begin(ground, segmentId);
    const programs = [
      { file: main("marketing"), env: ground.envs.marketing },
      { file: main("interaction"), env: ground.envs.interaction },
    ];
    running.push(...(await Promise.all(programs.map(({ file, env }) => startProgram(file, env)))));
    for (let kill = 0; kill < kills; kill++) {
      await pause(Math.random() * LIFE_MS);
      const turn = kill % 2;
      const { file, env } = programs[turn]!;
      await running[turn]!.end("SIGKILL");
      running[turn] = await startProgram(file, env);
    }
    await settled(ground, members);
    return await reconcile(ground, sink.mails, members);
  } finally {
    await Promise.all(running.map((program) => program.end("SIGKILL")));
    await ground.stop();
    await nats.stop();
    stand.stop();
    await sink.close();
  }
}

type Ground = Awaited<ReturnType<typeof groundOf>>;

interface Places {
  readonly sink: string;
  readonly stand: string;
  readonly nats: string;
}

async function groundOf(adminUrl: string, places: Places) {
  const tokenFile = path.join(await mkdtemp(path.join(tmpdir(), "guanxi-launch-")), "service.jwt");
  await writeFile(tokenFile, "a token of the platform");
  const [ours, theirs] = await Promise.all([
    testDatabase(adminUrl, marketing),
    testDatabase(adminUrl, interaction),
  ]);
  const env = (database: typeof ours, more: Env): Env => ({
    DATABASE_URL: database.urlOf("app"),
    DATABASE_RELAY_URL: database.urlOf("relay"),
    NATS_URL: places.nats,
    GRPC_PORT: "0",
    MANAGEMENT_PORT: "0",
    DRAIN_SECONDS: "0",
    ...more,
  });
  const pool = ({ adminUrl: url }: typeof ours, name: string) =>
    new Pool({ connectionString: url, options: `-c search_path=${name}` });
  const admins = { marketing: pool(ours, "marketing"), interaction: pool(theirs, "interaction") };
  const tenantId = randomUUID();
  for (const admin of Object.values(admins))
    await admin.query("insert into tenant_settings values ($1, $1, 'Asia/Shanghai', 'CNY', 1)", [tenantId]);
  return {
    tenantId,
    admins,
    envs: {
      marketing: env(ours, {
        CUSTOMER_GRPC_URL: places.stand,
        IDENTITY_GRPC_URL: places.stand,
        IDENTITY_TOKEN_FILE: tokenFile,
        PUBLIC_URL: "https://crm.example.com",
        TRACKING_KEYS: "0123456789abcdef0123456789abcdef",
      }),
      interaction: env(theirs, { SMTP_URL: places.sink }),
    },
    stop: () => Promise.all(Object.values(admins).map((admin) => admin.end())),
  };
}

/** As the projections of both services would have them. */
async function customers({ tenantId, admins }: Ground, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  const points = `jsonb_build_array(jsonb_build_object('kind', 'EMAIL', 'value', id || '@example.org', 'primary', true))`;
  const consents = `'[{"channel": "EMAIL", "purpose": "marketing", "state": "GRANTED"}]'::jsonb`;
  const profile = { legalName: "", industry: "", regionCode: "", city: "", tags: [], topics: [], custom: {} };
  await admins.marketing.query(
    `insert into customers (tenant_id, customer_id, display_name, name_key, grade, version, points, consents, profile)
     select $1, id, 'Reader', 'reader', 0, 1, ${points}, ${consents}, $3 from unnest($2::uuid[]) as i (id)`,
    [tenantId, ids, JSON.stringify({ ...profile, grade: null, lifecycleStage: null })],
  );
  await admins.interaction.query(
    `insert into customer_reaches (tenant_id, customer_id, points, preferred_channels, contact_hours, consents, version)
     select $1, id, ${points}, '[]', '[]', ${consents}, 1 from unnest($2::uuid[]) as i (id)`,
    [tenantId, ids],
  );
  return ids;
}

/** The campaign is made and launched as its handlers do it, and a mailbox is there to send from. */
async function begin(ground: Ground, segmentId: string): Promise<void> {
  const { tenantId, admins, envs } = ground;
  const as = { tenantId, actor: "test", timeZone: "Asia/Shanghai", currencyCode: "CNY" };
  const plan = await preparePlan({ service: { admin: admins.marketing } } as never, { tenantId } as never);
  await admins.marketing.query(
    `insert into segments (tenant_id, segment_id, name, state, offer, version) values ($1, $2, 'All', 2, '', 1)`,
    [tenantId, segmentId],
  );
  await admins.marketing.query(`insert into sending_policies values ($1, $1, 3, 7, '', '', now(), 1)`, [
    tenantId,
  ]);
  const ours = await openContext(
    marketing,
    settings(settingsOf(marketing), envs.marketing) as never,
    createLog("marketing", "silent"),
  );
  const run = <Q, R>(handler: Handler<Q, R>, request: Q) =>
    ours.act(as, (at) => {
      if (handler.kind !== "command") throw new Error("only commands are run here");
      return handler.run(request, at);
    });
  const { planId, targetId, templateId } = plan;
  const steps = [{ step: 1, templateId, waitDays: 0 }];
  const campaign = { name: "Spring", planId, targetId, audience: { segmentIds: [segmentId] }, steps };
  const { campaignId } = await run(
    createCampaign(ours.settings),
    CreateCampaignRequest.fromPartial({ campaign }),
  );
  await run(launchCampaign(ours.settings), LaunchCampaignRequest.fromPartial({ campaignId }));
  await ours.db.close();
  await mailbox(envs.interaction, as);
}

async function mailbox(env: Env, as: Parameters<Awaited<ReturnType<typeof openContext>>["act"]>[0]) {
  const all = settings(settingsOf(interaction), env) as never;
  const theirs = await openContext(interaction, all, createLog("interaction", "silent"));
  await theirs.act(as, async (at) => {
    const times = { createTime: at.now, updateTime: at.now, version: 0 };
    const texts = { displayName: "News", signature: "", acknowledgement: "", queueId: null };
    const flags = { opensCases: false, active: true, isDefault: true };
    record(
      at,
      mailboxes,
      { mailboxId: at.newId(), address: "news@example.com", ...texts, ...flags, ...times },
      MailboxCreated,
    );
  });
  await theirs.db.close();
}

/** Longer than a mail under way takes to be sent. */
const STILL_MS = 1_000;

/** Nothing waits, the ledger knows of all that was sent, and a moment later it is still so: a mail may be under way. */
async function settled({ admins }: Ground, members: number): Promise<void> {
  const look = async () => {
    const { rows } = await admins.interaction.query<{ contacts: number; queued: number; sent: number }>(
      `select count(*)::int as contacts, (count(*) filter (where delivery_state = 'QUEUED'))::int as queued,
         (count(*) filter (where delivery_state = 'SENT'))::int as sent from interactions`,
    );
    const told = await admins.marketing.query("select from campaign_messages where state = 'SENT'");
    return { ...rows[0]!, told: told.rowCount! };
  };
  const end = performance.now() + LONG_MS;
  for (let sentBefore = -1; ; await pause(sentBefore < 0 ? 50 : STILL_MS)) {
    const { contacts, queued, sent, told } = await look();
    const isQuiet = contacts >= members && queued === 0 && told === sent;
    if (isQuiet && sent === sentBefore) return;
    if (performance.now() > end)
      throw new Error(`stuck at ${contacts} contacts, ${queued} queued, ${told} told of ${sent}`);
    sentBefore = isQuiet ? sent : -1;
  }
}

type Sunk = Awaited<ReturnType<typeof startSink>>["mails"];

async function reconcile({ admins, tenantId }: Ground, sunk: Sunk, members: number): Promise<LaunchCounts> {
  const ledger = await admins.marketing.query<{ state: string; address: string }>(
    "select state, address from campaign_messages",
  );
  const contacts = await admins.interaction.query<{ id: string; state: string }>(
    "select interaction_id as id, delivery_state as state from interactions",
  );
  const addresses = sunk.map(({ to }) => to);
  const there = new Set(addresses);
  const known = new Set(contacts.rows.map(({ id }) => `${id}.${tenantId}@example.com`));
  const sent = ledger.rows.filter(({ state }) => state === "SENT");
  return {
    members,
    ledger: ledger.rows.length,
    contacts: contacts.rows.length,
    sent: sent.length,
    undecided: contacts.rows.filter(({ state }) => state === "SENDING").length,
    sunk: there.size,
    sunkTwice: addresses.length - there.size,
    lost: sent.filter(({ address }) => !there.has(address)).length,
    strange: sunk.filter(({ messageId }) => !known.has(messageId)).length,
  };
}
