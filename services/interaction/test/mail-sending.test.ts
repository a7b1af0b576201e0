// The sender alone, on one connection, while others are at the same rows.
import { randomUUID } from "node:crypto";
import type { JobContext } from "@guanxi/bus/app";
import { openContext, settingsOf } from "@guanxi/bus/start";
import { InteractionChanged } from "@guanxi/contract/guanxi/interaction/v1/interaction_events";
import { MailboxCreated } from "@guanxi/contract/guanxi/interaction/v1/mailbox_events";
import { settings } from "@guanxi/kit/env";
import { createLog } from "@guanxi/kit/log";
import { lock, record } from "@guanxi/kit/store";
import { tenantSettings } from "@guanxi/kit/tenants";
import { testDatabase } from "@guanxi/testkit/database";
import { Client } from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { interaction } from "../src/app.ts";
import type { InteractionState } from "../src/interactions/interaction-state.ts";
import { interactions } from "../src/interactions/interactions.ts";
import { mailboxes } from "../src/mail/mailboxes.ts";
import { moved } from "../src/mail/sending/delivery.ts";
import { sendMessageJob } from "../src/mail/sending/send-message.ts";
import { messageLostJob, tellLost } from "../src/messages/lost.ts";
import { queueMessage, SEND_MESSAGE } from "../src/messages/plan-message.ts";
import { startSink } from "./smtp-sink.ts";

let sink: Awaited<ReturnType<typeof startSink>>;
let context: JobContext & Awaited<ReturnType<typeof openContext>>;
let admin: Client;

beforeAll(async () => {
  sink = await startSink();
  const database = await testDatabase(inject("adminUrl"), interaction);
  const env = {
    DATABASE_URL: database.urlOf("app"),
    DATABASE_RELAY_URL: database.urlOf("relay"),
    NATS_URL: "nats://127.0.0.1:1", // nobody asks it
    SMTP_URL: sink.url,
    GRPC_PORT: "0",
    MANAGEMENT_PORT: "0",
  };
  const opened = await openContext(
    interaction,
    settings(settingsOf(interaction), env) as never,
    createLog("interaction", "silent"),
  );
  const notAsked = () => Promise.reject(new Error("this job asks for no place in the stream"));
  const none = { passed: notAsked, lastPlace: notAsked };
  context = { ...opened, settingsOf: tenantSettings(opened.db), ...none };
  const options = `-c search_path=${interaction.name}`;
  admin = new Client({ connectionString: database.adminUrl, options });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await context.db.close();
  await sink.close();
});

const asOf = (tenantId: string) => ({
  ...{ tenantId, actor: "test", timeZone: "Asia/Shanghai", currencyCode: "CNY" },
});

async function company(): Promise<string> {
  const tenantId = randomUUID();
  await admin.query("insert into tenant_settings values ($1, $1, 'Asia/Shanghai', 'CNY', 1)", [tenantId]);
  await context.act(asOf(tenantId), async (at) => {
    const times = { createTime: at.now, updateTime: at.now, version: 0 };
    const texts = { displayName: "Help", signature: "", acknowledgement: "", queueId: null };
    const flags = { opensCases: false, active: true, isDefault: true };
    const box = { mailboxId: at.newId(), address: "help@example.com", ...texts, ...flags, ...times };
    record(at, mailboxes, box, MailboxCreated);
  });
  return tenantId;
}

const queue = (tenantId: string, address: string) =>
  context.act(asOf(tenantId), async (at) => {
    const message = { customerId: "", subject: "Your order", body: "x", purpose: "service" };
    const choice = { channel: "EMAIL", address, rerouteReason: "" } as const;
    return (await queueMessage(at, message, choice, [])).interactionId;
  });

const run = (tenantId: string, subjectId: string, act: JobContext["act"] = context.act) =>
  sendMessageJob.run(
    { tenantId, subjectId, attempts: 0, signal: new AbortController().signal },
    { ...context, act },
  );

const read = (tenantId: string, id: string) =>
  context.act(asOf(tenantId), (at) => lock(at, interactions, id));

const jobsOf = async (id: string, name: string) =>
  (await admin.query("select from jobs where subject_id = $1 and name = $2", [id, name])).rowCount;

test("after a message that was refused the next one leaves on the same connection", async () => {
  const tenantId = await company();
  const [gone, later, good] = [
    await queue(tenantId, "gone@example.org"),
    await queue(tenantId, "later@example.org"),
    await queue(tenantId, "good@example.org"),
  ];
  await run(tenantId, gone);
  expect(await read(tenantId, gone)).toMatchObject({ deliveryState: "FAILED", delivery: { attempts: 1 } });
  expect(await read(tenantId, later)).toMatchObject({ deliveryState: "QUEUED", delivery: { attempts: 1 } });
  expect(await read(tenantId, good)).toMatchObject({ deliveryState: "SENT", delivery: { attempts: 1 } });
});

test("what the server has said is written down once the lock that others hold is gone", async () => {
  const tenantId = await company();
  const id = await queue(tenantId, "locked@example.org");
  let turns = 0;
  let failures = 0;
  // The second turn settles the first message.
  await run(tenantId, id, async (as, work) => {
    if (++turns === 2) {
      expect(await jobsOf(id, SEND_MESSAGE)).toBe(0); // else another sender takes it, and waits with it for the message
      await admin.query("begin");
      await admin.query("select from interactions where interaction_id = $1 for update", [id]);
    }
    try {
      return await context.act(as, work);
    } catch (error) {
      failures++;
      await admin.query("rollback");
      throw error;
    }
  });
  expect(failures).toBe(1);
  expect(await read(tenantId, id)).toMatchObject({ deliveryState: "SENT" });
  expect(sink.to("locked@example.org")).toHaveLength(1);
});

test("a message that is due by the clock of the database alone is not forgotten", async () => {
  const tenantId = await company();
  const id = await queue(tenantId, "early@example.org");
  const due = new Date(Date.now() + 3_600_000);
  await context.act(asOf(tenantId), async (at) => {
    const it = await lock(at, interactions, id);
    const delivery = { ...it.delivery!, notBeforeTime: due.toISOString() };
    record(at, interactions, { ...it, delivery }, InteractionChanged);
  });
  await run(tenantId, id);
  const { rows } = await admin.query("select due_time from jobs where subject_id = $1", [id]);
  expect(rows).toEqual([{ due_time: due }]);
});

/** Claimed anew, after somebody has said that it is to be sent again. */
const again = (it: InteractionState): InteractionState => ({
  ...it,
  delivery: { ...it.delivery!, attempts: 2, stateTime: new Date(Date.now() + 60_000).toISOString() },
});

const to = (state: "BOUNCED" | "COMPLAINED" | "QUEUED" | "FAILED") => (it: InteractionState) =>
  moved(it, state, "", new Date());

test.for([
  { address: "fast@example.org", meanwhile: to("BOUNCED"), after: "BOUNCED" },
  { address: "fast@example.org", meanwhile: to("COMPLAINED"), after: "COMPLAINED" },
  { address: "fast@example.org", meanwhile: to("QUEUED"), after: "SENT" },
  { address: "fast@example.org", meanwhile: again, after: "SENT" },
  { address: "gone@example.org", meanwhile: to("QUEUED"), after: "QUEUED" },
  { address: "gone@example.org", meanwhile: again, after: "SENDING" },
  { address: "later@example.org", meanwhile: again, after: "SENDING" },
])("what is told late to $address makes $after of it", async ({ address, meanwhile, after }) => {
  const tenantId = await company();
  const id = await queue(tenantId, address);
  let turns = 0;
  await run(tenantId, id, async (as, work) => {
    if (++turns === 2)
      await context.act(as, async (at) => {
        record(at, interactions, meanwhile(await lock(at, interactions, id)), InteractionChanged);
        if (after === "BOUNCED") tellLost(at, id);
      });
    return context.act(as, work);
  });
  expect(await read(tenantId, id)).toMatchObject({ deliveryState: after });
  if (after === "BOUNCED") expect(await jobsOf(id, messageLostJob.name)).toBe(1);
  if (after === "SENT") expect(await jobsOf(id, messageLostJob.name)).toBe(0);
});
