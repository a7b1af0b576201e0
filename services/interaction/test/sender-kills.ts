// The sender as a process of its own, killed again and again while it sends; then what the mail server got is held against
// what the database says.
import { randomUUID } from "node:crypto";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { openContext, settingsOf } from "@guanxi/bus/start";
import { settings } from "@guanxi/kit/env";
import { createLog } from "@guanxi/kit/log";
import { record } from "@guanxi/kit/store";
import { MailboxCreated } from "@guanxi/contract/guanxi/interaction/v1/mailbox_events";
import { testDatabase } from "@guanxi/testkit/database";
import { type Env, startProgram } from "@guanxi/testkit/program";
import { startNats } from "@guanxi/testkit/servers/nats";
import { Client } from "pg";
import { interaction } from "../src/app.ts";
import { mailboxes } from "../src/mail/mailboxes.ts";
import { queueMessage } from "../src/messages/plan-message.ts";
import { startSink } from "./smtp-sink.ts";

const PROGRAM = path.join(import.meta.dirname, "sender-process.ts");
const ANSWER_MS = 4;
const BATCH = 50;

export interface KillCounts {
  readonly mails: number;
  readonly kills: number;
  readonly sent: number;
  /** Claimed by a sender that was killed before it could say what became of them. */
  readonly undecided: number;
  readonly queued: number;
  readonly other: number;
  readonly sunk: number;
  readonly sunkTwice: number;
  /** Said to be sent, and never got there. */
  readonly lost: number;
}

/** Kills the sender so many times while it sends so many mails, and lets the last one finish. */
export async function killSender(adminUrl: string, mails: number, kills: number): Promise<KillCounts> {
  const sink = await startSink({ delayMs: () => Math.random() * ANSWER_MS });
  const [database, nats] = await Promise.all([testDatabase(adminUrl, interaction), startNats()]);
  const admin = new Client({
    connectionString: database.adminUrl,
    options: `-c search_path=${interaction.name}`,
  });
  await admin.connect();
  const env = {
    DATABASE_URL: database.urlOf("app"),
    DATABASE_RELAY_URL: database.urlOf("relay"),
    NATS_URL: nats.url,
    SMTP_URL: sink.url,
    GRPC_PORT: "0",
    MANAGEMENT_PORT: "0",
    DRAIN_SECONDS: "0",
  };
  const tenantId = randomUUID();
  try {
    await queue(env, tenantId, mails);
    await admin.query("insert into tenant_settings values ($1, $1, 'Asia/Shanghai', 'CNY', 1)", [tenantId]);
    for (let killed = 0; killed < kills; killed++) {
      const sender = await startProgram(PROGRAM, env);
      // Each one gets its share of the mails, and dies somewhere in the next.
      await until(() => sink.mails.length >= ((killed + 1) * mails) / (kills + 1));
      await pause(Math.random() * 2 * ANSWER_MS);
      await sender.end("SIGKILL");
    }
    const last = await startProgram(PROGRAM, env);
    const left = "select from interactions where delivery_state = 'QUEUED' limit 1";
    await until(async () => (await admin.query(left)).rowCount === 0);
    await until(
      async () => (await admin.query("select from jobs where name = 'send_message'")).rowCount === 0,
    );
    await last.end("SIGTERM"); // what it has under way it ends
    return await reconcile(admin, sink.mails, tenantId, { mails, kills });
  } finally {
    await admin.end();
    await nats.stop();
    await sink.close();
  }
}

/** What is to be sent, with a mailbox to send it from. */
async function queue(env: Env, tenantId: string, mails: number): Promise<void> {
  const all = settings(settingsOf(interaction), env) as never;
  const context = await openContext(interaction, all, createLog("interaction", "silent"));
  const as = { tenantId, actor: "test", timeZone: "Asia/Shanghai", currencyCode: "CNY" };
  await context.act(as, async (at) => {
    const times = { createTime: at.now, updateTime: at.now, version: 0 };
    const texts = { displayName: "Help", signature: "", acknowledgement: "", queueId: null };
    const flags = { opensCases: false, active: true, isDefault: true };
    const box = { mailboxId: at.newId(), address: "help@example.com", ...texts, ...flags, ...times };
    record(at, mailboxes, box, MailboxCreated);
  });
  for (let from = 0; from < mails; from += BATCH)
    await context.act(as, async (at) => {
      for (let number = from; number < Math.min(mails, from + BATCH); number++) {
        const message = { customerId: "", subject: `Mail ${number}`, body: "x", purpose: "service" };
        const address = `reader${number}@example.org`;
        await queueMessage(at, message, { channel: "EMAIL", address, rerouteReason: "" }, []);
      }
    });
  await context.db.close();
}

const LONG_MS = 120_000;

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + LONG_MS;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error("the sender does not get on");
    await pause(2);
  }
}

type Sunk = Awaited<ReturnType<typeof startSink>>["mails"];

async function reconcile(
  admin: Client,
  sunk: Sunk,
  tenantId: string,
  asked: { readonly mails: number; readonly kills: number },
): Promise<KillCounts> {
  const { rows } = await admin.query<{ id: string; state: string }>(
    "select interaction_id as id, delivery_state as state from interactions",
  );
  const ids = sunk.map(({ messageId }) => messageId);
  const there = new Set(ids);
  const of = (state: string) => rows.filter((row) => row.state === state);
  const sent = of("SENT");
  return {
    ...asked,
    sent: sent.length,
    undecided: of("SENDING").length,
    queued: of("QUEUED").length,
    other: rows.filter(({ state }) => !["SENT", "SENDING", "QUEUED"].includes(state)).length,
    sunk: there.size,
    sunkTwice: ids.length - there.size,
    lost: sent.filter(({ id }) => !there.has(`${id}.${tenantId}@example.com`)).length,
  };
}
