import { randomUUID } from "node:crypto";
import { Channel, Consent_State } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import { RecordConsentRequest } from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { CustomerServiceService } from "@guanxi/contract/guanxi/customer/v1/customer_service";
import { CampaignMember } from "@guanxi/contract/guanxi/marketing/v1/campaign_member";
import { MemberUnsubscribed } from "@guanxi/contract/guanxi/marketing/v1/campaign_member_events";
import { startTeller } from "@guanxi/testkit/teller";
import { afterAll, beforeAll, expect, test } from "vitest";
import { create, read } from "./calls.ts";
import { customerService } from "./service.ts";

const service = customerService();
let marketing: Awaited<ReturnType<typeof startTeller>>;
beforeAll(async () => {
  marketing = await startTeller(service, "marketing");
});
afterAll(() => marketing.stop());

test("RFC 8058 who unsubscribes by a link has taken the consent back, for that channel and purpose", async () => {
  const lin = await service.user();
  const { customerId } = await create(lin);
  const member = { memberId: randomUUID(), campaignId: randomUUID(), customerId };
  await marketing.tell(lin.tenantId, CampaignMember, MemberUnsubscribed, {
    ...{ id: member.memberId, customerId, state: member },
    facts: { purpose: "MARKETING", channel: "EMAIL", address: "a@example.com" },
  });
  await marketing.settled();
  const { consents } = await read(lin, customerId);
  expect(consents).toMatchObject([
    { channel: Channel.EMAIL, purpose: "marketing", state: Consent_State.WITHDRAWN },
  ]);
  expect(consents[0]!.evidence).toContain(member.campaignId);
  const said = (await service.events(lin.tenantId)).filter(({ type }) => type === "ConsentChanged");
  expect(said.map(({ meta }) => meta.hops)).toEqual([1]);
});

test("who agrees anew behind an unsubscription that is heard of late has said the last word", async () => {
  const lin = await service.user();
  const { customerId } = await create(lin);
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
  const unsubscribe = async (unsubscribedTime: Date) => {
    const member = { memberId: randomUUID(), campaignId: randomUUID(), customerId, unsubscribedTime };
    await marketing.tell(lin.tenantId, CampaignMember, MemberUnsubscribed, {
      ...{ id: member.memberId, customerId, state: member },
      facts: { purpose: "MARKETING", channel: "EMAIL", address: "a@example.com" },
    });
    await marketing.settled();
    return (await read(lin, customerId)).consents;
  };
  const [early, late, ahead] = [ago(30), ago(10), new Date(Date.now() + 60_000)];
  await lin.call(
    CustomerServiceService.recordConsent,
    RecordConsentRequest.fromPartial({
      customerId,
      consent: { channel: Channel.EMAIL, purpose: "marketing", state: Consent_State.GRANTED, time: ago(20) },
    }),
  );
  expect(await unsubscribe(early)).toMatchObject([{ state: Consent_State.GRANTED }]);
  expect(await unsubscribe(late)).toMatchObject([{ state: Consent_State.WITHDRAWN, time: late }]);
  const time = (await unsubscribe(ahead))[0]!.time!;
  expect(time.getTime()).toBeGreaterThan(late.getTime());
  expect(time.getTime()).toBeLessThan(ahead.getTime());
});
