// Messages of campaigns: what is asked for is sent once, unless something has come between.
import { randomUUID } from "node:crypto";
import { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CustomerChanged, CustomerRegistered } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import { Delivery_State, type Interaction } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import {
  CreateMailboxRequest,
  MailboxServiceService as mailboxes,
} from "@guanxi/contract/guanxi/interaction/v1/mailbox_service";
import { Campaign } from "@guanxi/contract/guanxi/marketing/v1/campaign";
import { CampaignAborted } from "@guanxi/contract/guanxi/marketing/v1/campaign_events";
import { CampaignMessage } from "@guanxi/contract/guanxi/marketing/v1/campaign_message";
import { CampaignMember } from "@guanxi/contract/guanxi/marketing/v1/campaign_member";
import { MemberSuppressed } from "@guanxi/contract/guanxi/marketing/v1/campaign_member_events";
import { CampaignMessageRequested } from "@guanxi/contract/guanxi/marketing/v1/campaign_message_events";
import { Suppression } from "@guanxi/contract/guanxi/marketing/v1/suppression";
import {
  SuppressionCreated,
  SuppressionDeleted,
} from "@guanxi/contract/guanxi/marketing/v1/suppression_events";
import { startService } from "@guanxi/testkit/service";
import { startTeller } from "@guanxi/testkit/teller";
import { afterAll, beforeAll, expect, test } from "vitest";
import { interaction } from "../src/app.ts";
import { listContacts, until } from "./contact-calls.ts";
import { startSink } from "./smtp-sink.ts";

type Teller = Awaited<ReturnType<typeof startTeller>>;

let service: Awaited<ReturnType<typeof startService>>;
let customers: Teller;
let marketing: Teller;
let sink: Awaited<ReturnType<typeof startSink>>;
beforeAll(async () => {
  sink = await startSink();
  service = await startService(interaction, { SMTP_URL: sink.url });
  [customers, marketing] = await Promise.all([
    startTeller(service, "customer"),
    startTeller(service, "marketing"),
  ]);
});
afterAll(async () => {
  await Promise.all([customers.stop(), marketing.stop()]);
  await service.stop();
  await sink.close();
});

async function company() {
  const user = await service.user();
  const mailbox = { address: "news@example.com", displayName: "News", active: true };
  await user.call(mailboxes.createMailbox, CreateMailboxRequest.fromPartial({ mailbox }));
  return user;
}

type User = Awaited<ReturnType<typeof company>>;

async function reader({ tenantId }: User, state = 1): Promise<{ customerId: string; address: string }> {
  const customerId = randomUUID();
  const address = `${customerId}@example.org`;
  const told = {
    ...{
      customerId,
      displayName: "Reader",
      contactPoints: [{ kind: 1, value: address, normalised: address }],
    },
    consents: [{ channel: 1, purpose: "marketing", state }],
  };
  await customers.tell(tenantId, Customer, CustomerRegistered, { id: customerId, customerId, state: told });
  await customers.settled();
  return { customerId, address };
}

async function ask(
  { tenantId }: User,
  to: { customerId: string; address: string },
  more: object = {},
  facts: object = {},
) {
  const messageId = randomUUID();
  const state = {
    ...{ messageId, campaignId: randomUUID(), memberId: randomUUID(), step: 1, channel: "EMAIL", state: 1 },
    ...{
      subject: "Spring",
      text: "It is spring.",
      html: "<p>It is <b>spring</b>.</p>",
      purpose: "MARKETING",
    },
    unsubscribeUrl: `https://crm.example.com/v1/unsubscribes/${"x".repeat(120)}`,
    ...to,
    ...more,
  };
  await marketing.tell(tenantId, CampaignMessage, CampaignMessageRequested, {
    ...{ id: messageId, customerId: to.customerId, state, facts },
  });
  return state;
}

/** The contacts of a customer, once they are as they are waited for. */
const contactsOf = async (user: User, customerId: string, holds: (all: Interaction[]) => boolean) =>
  until(
    async () => (await listContacts(user, { filter: `customer_id == "${customerId}"` })).interactions,
    holds,
  );

const isIn = (state: Delivery_State) => (all: Interaction[]) =>
  all.some(({ delivery }) => delivery?.state === state);

test("R125 what a campaign asks for is one mail with HTML, and with a way to unsubscribe by one click", async () => {
  const user = await company();
  const to = await reader(user);
  const { messageId, campaignId, unsubscribeUrl } = await ask(user, to);
  const all = await contactsOf(user, to.customerId, isIn(Delivery_State.SENT));
  expect(all).toMatchObject([
    { campaignMessageId: messageId, campaignId, body: "It is spring.", automatic: true },
  ]);
  const [mail, ...others] = sink.to(to.address);
  expect(others).toEqual([]);
  expect(mail!.html).toContain("<b>spring</b>");
  expect(mail!.text).toContain("It is spring.");
  expect(mail!.raw.replaceAll(/\r\n[ \t]+/g, "")).toContain(`List-Unsubscribe: <${unsubscribeUrl}>`);
  expect(mail!.raw).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
});

test("R125 nothing leaves before its time, and not to somebody who has taken the consent back meanwhile", async () => {
  const user = await company();
  const to = await reader(user);
  await ask(user, to, { notBeforeTime: new Date(Date.now() + 3_600_000) });
  await marketing.settled();
  const [waiting] = await contactsOf(user, to.customerId, isIn(Delivery_State.QUEUED));
  expect(waiting!.delivery!.detail).toContain("quiet hours");
  const state = { customerId: to.customerId, consents: [{ channel: 1, purpose: "marketing", state: 2 }] };
  await customers.tell(user.tenantId, Customer, CustomerChanged, {
    id: to.customerId,
    customerId: to.customerId,
    state,
  });
  await customers.settled();
  await due(waiting!.interactionId);
  const [failed] = await contactsOf(user, to.customerId, isIn(Delivery_State.FAILED));
  expect(failed!.delivery).toMatchObject({ reason: "NO_CONSENT" });
  expect(sink.to(to.address)).toEqual([]);
});

/** As if its time had come. */
async function due(interactionId: string): Promise<void> {
  await service.admin.query(
    `update interactions set delivery = jsonb_set(delivery, '{notBeforeTime}', 'null') where interaction_id = $1`,
    [interactionId],
  );
  await service.admin.query("update jobs set due_time = now() where subject_id = $1", [interactionId]);
}

test("R125 of a campaign that was given up nothing leaves any more, whether it is asked for before or after", async () => {
  const user = await company();
  const [before, after] = [await reader(user), await reader(user)];
  const { campaignId } = await ask(user, before, { notBeforeTime: new Date(Date.now() + 3_600_000) });
  await marketing.settled();
  await marketing.tell(user.tenantId, Campaign, CampaignAborted, {
    id: campaignId,
    state: { campaignId, status: 5 },
  });
  await marketing.settled();
  await ask(user, after, { campaignId });
  for (const { customerId, address } of [before, after]) {
    const [it] = await contactsOf(user, customerId, isIn(Delivery_State.FAILED));
    expect(it!.delivery).toMatchObject({ state: Delivery_State.FAILED, reason: "CAMPAIGN_ABORTED" });
    expect(sink.to(address)).toEqual([]);
  }
});

test("R125 on a channel that we cannot send on nothing is lost without a word", async () => {
  const user = await company();
  const to = await reader(user, 2);
  await ask(user, to, { channel: "SMS", address: "+8613800138000" });
  const [it] = await contactsOf(user, to.customerId, isIn(Delivery_State.FAILED));
  expect(it!.delivery!.reason).not.toBe("");
});

const LATER = { notBeforeTime: new Date(Date.now() + 3_600_000) };
const failedFor = async (user: User, { customerId }: { customerId: string }) =>
  (await contactsOf(user, customerId, isIn(Delivery_State.FAILED)))[0]!.delivery!.reason;

test("R125 whoever is taken out of a campaign or never to be written to gets nothing that was asked for before", async () => {
  const user = await company();
  const removed = await reader(user);
  const capped = await reader(user);
  const [address, domain, person] = [await reader(user), await reader(user), await reader(user)];
  const suppress = async (kind: 1 | 2 | 3, value: string) => {
    const id = randomUUID();
    const state = { suppressionId: id, kind, value };
    await marketing.tell(user.tenantId, Suppression, SuppressionCreated, { id, state });
    return id;
  };
  const wayOut = async (memberId: string, suppressedReason: string) => {
    const state = { memberId, suppressedReason };
    await marketing.tell(user.tenantId, CampaignMember, MemberSuppressed, { id: memberId, state });
  };
  const { memberId } = await ask(user, removed, LATER);
  const other = await ask(user, capped, LATER);
  for (const to of [address, person]) await ask(user, to, LATER);
  await marketing.settled();
  await wayOut(memberId, "REMOVED");
  await wayOut(other.memberId, "FREQUENCY_CAP");
  await suppress(1, address.address);
  await suppress(3, person.customerId);
  await marketing.settled();
  expect(await failedFor(user, removed)).toBe("REMOVED");
  expect(await failedFor(user, address)).toBe("SUPPRESSED_ADDRESS");
  expect(await failedFor(user, person)).toBe("SUPPRESSED_CUSTOMER");
  await contactsOf(user, capped.customerId, isIn(Delivery_State.QUEUED));
  // Behind the suppression, and after it was taken back.
  const to = { ...domain, address: `${domain.customerId}@blocked.example` };
  const suppressionId = await suppress(2, "blocked.example");
  await marketing.settled();
  await ask(user, to);
  expect(await failedFor(user, to)).toBe("SUPPRESSED_ADDRESS");
  await marketing.remove(user.tenantId, Suppression, SuppressionDeleted, suppressionId);
  await marketing.settled();
  await ask(user, domain);
  await contactsOf(user, domain.customerId, isIn(Delivery_State.SENT));
  const all = [removed, capped, address, domain, person];
  expect(all.flatMap((each) => sink.to(each.address))).toHaveLength(1);
});

test("R125 nothing leaves for an address that is the customer's no more, or for a customer in the archive", async () => {
  const user = await company();
  const [moved, archived] = [await reader(user), await reader(user)];
  for (const to of [moved, archived]) await ask(user, to, LATER);
  await marketing.settled();
  const consents = [{ channel: 1, purpose: "marketing", state: 1 }];
  const contactPoints = [{ kind: 1, value: "new@example.org", normalised: "new@example.org" }];
  const change = ({ customerId }: typeof moved, more: object) =>
    customers.tell(user.tenantId, Customer, CustomerChanged, {
      ...{ id: customerId, customerId, state: { customerId, consents, ...more } },
    });
  await change(moved, { contactPoints });
  await change(archived, { contactPoints: [{ kind: 1, value: archived.address }], state: 2 });
  await customers.settled();
  for (const { customerId } of [moved, archived]) {
    const [waiting] = await contactsOf(user, customerId, isIn(Delivery_State.QUEUED));
    // So old that what has been heard of the customer counts.
    await service.admin.query(
      "update interactions set create_time = now() - interval '1 hour' where interaction_id = $1",
      [waiting!.interactionId],
    );
    await due(waiting!.interactionId);
  }
  expect(await failedFor(user, moved)).toBe("NO_ADDRESS");
  expect(await failedFor(user, archived)).toBe("CUSTOMER_ARCHIVED");
  expect([...sink.to(moved.address), ...sink.to(archived.address)]).toEqual([]);
});

test("R125 what comes late into the quiet hours of the member waits until they end", async () => {
  const user = await company();
  const to = await reader(user);
  const clock = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString().slice(11, 16);
  const [quietFrom, quietUntil] = [clock(-2), clock(3)];
  await ask(user, to, LATER, { quietFrom, quietUntil, timeZone: "UTC" });
  await marketing.settled();
  const [queued] = await contactsOf(user, to.customerId, isIn(Delivery_State.QUEUED));
  await due(queued!.interactionId);
  const [waiting] = await contactsOf(
    user,
    to.customerId,
    ([it]) => it!.delivery!.notBeforeTime !== undefined,
  );
  expect(waiting!.delivery).toMatchObject({ state: Delivery_State.QUEUED });
  expect(waiting!.delivery!.notBeforeTime!.toISOString().slice(11, 16)).toBe(quietUntil);
  expect(sink.to(to.address)).toEqual([]);
});
