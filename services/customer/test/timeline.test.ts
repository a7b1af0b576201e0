import { CustomerValue } from "@guanxi/contract/guanxi/analytics/v1/customer_value";
import { ValueDropped } from "@guanxi/contract/guanxi/analytics/v1/customer_value_events";
import {
  GetReferralTreeRequest,
  RecordReferralRequest,
  ReferralServiceService,
} from "@guanxi/contract/guanxi/customer/v1/referral_service";
import { Channel, Direction, Interaction } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import {
  InteractionChanged,
  InteractionLinked,
  InteractionRecorded,
} from "@guanxi/contract/guanxi/interaction/v1/interaction_events";
import { Campaign } from "@guanxi/contract/guanxi/marketing/v1/campaign";
import { CampaignCreated } from "@guanxi/contract/guanxi/marketing/v1/campaign_events";
import { CampaignMember } from "@guanxi/contract/guanxi/marketing/v1/campaign_member";
import { MemberSent } from "@guanxi/contract/guanxi/marketing/v1/campaign_member_events";
import { Order, Order_Status } from "@guanxi/contract/guanxi/sales/v1/order";
import { OrderChanged, OrderPlaced } from "@guanxi/contract/guanxi/sales/v1/order_events";
import { Case } from "@guanxi/contract/guanxi/service_desk/v1/case";
import { CaseOpened } from "@guanxi/contract/guanxi/service_desk/v1/case_events";
import { Notice } from "@guanxi/contract/guanxi/service_desk/v1/notice";
import { NoticeIssued } from "@guanxi/contract/guanxi/service_desk/v1/notice_events";
import type { Archive } from "@guanxi/bus/archive";
import fc from "fast-check";
import { expect, test } from "vitest";
import { create } from "./calls.ts";
import {
  ago,
  call,
  ELSEWHERE,
  cny,
  dayOf,
  kinds,
  page,
  portrait,
  portraitRig,
  timeline,
} from "./portrait-rig.ts";
import { merge, unmerge } from "./merge-calls.ts";

const { service, archive, tell, heard } = portraitRig();

test("R004 what happened stands in the order in which it happened, whoever told it and when, with channel, actor and link", async () => {
  const lin = await service.user();
  const { customerId } = await create(lin);
  const mail = await tell(
    lin,
    Interaction,
    InteractionRecorded,
    call(customerId, ago(10), { channel: Channel.EMAIL, direction: Direction.OUTBOUND, subject: "offer" }),
  );
  const asked = await tell(lin, Interaction, InteractionRecorded, call(customerId, ago(300)));
  await tell(lin, Interaction, InteractionChanged, call(customerId, ago(300), { topic: "x" }), { id: asked });
  const complaint = await tell(lin, Case, CaseOpened, {
    customerId,
    number: 3n,
    subject: "broken",
    origin: 3,
    openTime: ago(200),
  });
  const order = await tell(lin, Order, OrderPlaced, {
    customerId,
    orderNumber: "O-9",
    status: Order_Status.CONFIRMED,
    orderDate: dayOf(ago(500)),
    createTime: ago(0),
    netAmount: cny(50),
  });
  await tell(lin, Interaction, InteractionRecorded, call("", ago(20))); // nobody's
  const notice = await tell(lin, Notice, NoticeIssued, { customerId });
  await heard();

  const entries = await timeline(lin, customerId, { filter: ELSEWHERE });
  expect(entries.map(({ kind, link }) => [kind, link!.id])).toEqual([
    ["notice_issued", notice],
    ["interaction_recorded", mail],
    ["case_opened", complaint],
    ["interaction_recorded", asked],
    ["order_placed", order],
  ]);
  expect(entries[1]).toMatchObject({
    area: "interaction",
    channel: "EMAIL",
    direction: "OUTBOUND",
    title: "offer",
    time: ago(10),
    actor: { id: "test" },
    link: { type: "interaction" },
    origin: "LIVE",
  });
  expect(entries[2]).toMatchObject({ number: "3", title: "broken", channel: "WEB" });
  expect(entries[4]).toMatchObject({ number: "O-9", amount: cny(50) });
  expect(kinds(await timeline(lin, customerId, { includeMinor: true }))).toContain("interaction_changed");
  const only = (filter: string) => timeline(lin, customerId, { filter });
  expect(kinds(await only('channel == "EMAIL"'))).toEqual(["interaction_recorded"]);
  expect(kinds(await only('area == "sales" || link_type == "notice"'))).toEqual([
    "notice_issued",
    "order_placed",
  ]);
  expect(kinds(await only(`time < timestamp("${ago(250).toISOString()}")`))).toEqual([
    "interaction_recorded",
    "order_placed",
  ]);
  await expect(only("title == 'offer'")).rejects.toMatchObject({ reason: "INVALID_FILTER" });
});

test("R004 pages have every entry once, in order, while more happens", async () => {
  const lin = await service.user();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 3 }),
      async (hours, pageSize, meanwhile) => {
        const { customerId } = await create(lin);
        const record = (at: number) => tell(lin, Interaction, InteractionRecorded, call(customerId, ago(at)));
        for (const each of hours) await record(each);
        await heard();
        const there = (await timeline(lin, customerId, { pageSize: 200, filter: ELSEWHERE })).map(
          ({ entryId }) => entryId,
        );
        const walked: { entryId: string; time: Date | undefined }[] = [];
        const late = [...meanwhile];
        for (let pageToken = ""; ; ) {
          const { entries, nextPageToken } = await page(lin, customerId, {
            pageSize,
            pageToken,
            filter: ELSEWHERE,
          });
          walked.push(...entries.map(({ entryId, time }) => ({ entryId, time })));
          if (!nextPageToken) break;
          pageToken = nextPageToken;
          const next = late.pop();
          if (next === undefined) continue;
          await record(next);
          await heard();
        }
        const ids = walked.map(({ entryId }) => entryId);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.filter((id) => there.includes(id))).toEqual(there);
        const times = walked.map(({ time }) => time!.getTime());
        expect(times).toEqual(times.toSorted((a, b) => b - a));
      },
    ),
    { numRuns: 6 },
  );
});

test("R004, R009 what is linked later or goes to another customer takes its past with it", async () => {
  const lin = await service.user();
  const [one, other] = [(await create(lin)).customerId, (await create(lin)).customerId];
  const asked = await tell(lin, Interaction, InteractionRecorded, call("", ago(3)));
  await tell(lin, Interaction, InteractionLinked, call(one, ago(3)), { id: asked });
  const sold = {
    orderNumber: "O-5",
    status: Order_Status.CONFIRMED,
    orderDate: dayOf(ago(40)),
    orderTime: ago(40),
  };
  const order = await tell(lin, Order, OrderPlaced, { customerId: one, ...sold });
  await heard();
  const told = async (id: string) =>
    (await timeline(lin, id, { filter: ELSEWHERE })).map(({ kind, time }) => [kind, time]);
  expect(await told(one)).toEqual([
    ["interaction_linked", ago(3)],
    ["order_placed", ago(40)],
  ]);
  await tell(lin, Order, OrderChanged, { customerId: other, ...sold }, { id: order });
  await heard();
  expect(await told(one)).toEqual([["interaction_linked", ago(3)]]);
  expect(await told(other)).toEqual([["order_placed", ago(40)]]);
  expect((await portrait(lin, other)).orders!.last).toHaveLength(1);
  expect((await portrait(lin, one)).orders!.last).toEqual([]);
});

const ofArea = (all: Archive, area: string): Archive => ({
  ...all,
  async *pages(what) {
    for await (const found of all.pages(what)) {
      const some = found.filter(({ event }) => event.type.startsWith(`guanxi.${area}.`));
      if (some.length > 0) yield some;
    }
  },
});

test("R004, R013 made anew from the log, portrait and timeline are what they were", async () => {
  const lin = await service.user();
  const { customerId } = await create(lin);
  const sold = {
    customerId,
    orderNumber: "O-7",
    currencyCode: "CNY",
    orderDate: dayOf(ago(40)),
    netAmount: cny(9),
  };
  const order = await tell(lin, Order, OrderPlaced, { ...sold, status: Order_Status.CONFIRMED });
  await tell(lin, Order, OrderChanged, { ...sold, status: Order_Status.FULFILLED }, { id: order });
  await tell(lin, Interaction, InteractionRecorded, call(customerId, ago(1)));
  await heard();
  const read = async () => {
    const { orders, pipeline, interactions } = await portrait(lin, customerId);
    const parts = [orders!.last, orders!.openOrderCount, pipeline!.open, interactions!.last];
    return [parts, await timeline(lin, customerId, { includeMinor: true, filter: ELSEWHERE })];
  };
  const before = await read();
  const own = await timeline(lin, customerId, { filter: 'area == "customer"' });
  expect(kinds(own)).toContain("customer_registered");
  for (const area of ["sales", "interaction"])
    await service.rebuild(`portrait_${area}`, lin.tenantId, ofArea(await archive(), area));
  await service.rebuild("portrait_customer", lin.tenantId);
  expect(await read()).toEqual(before);
  expect(await timeline(lin, customerId)).toEqual(expect.arrayContaining(own));
});

test("R009, R004 what an absorbed customer did stands with the survivor, and leaves with an unmerge", async () => {
  const lin = await service.user();
  const [survivor, absorbed] = [await create(lin), await create(lin)];
  const order = await tell(lin, Order, OrderPlaced, {
    customerId: absorbed.customerId,
    status: Order_Status.CONFIRMED,
    orderDate: dayOf(ago(30)),
    orderTime: ago(30),
  });
  await heard();
  const { mergeId } = await merge(lin, survivor.customerId, [absorbed.customerId]);
  const links = async (id: string) =>
    (await timeline(lin, id, { filter: ELSEWHERE })).map(({ link }) => link!.id);
  expect(await links(survivor.customerId)).toEqual([order]);
  expect(await links(absorbed.customerId)).toEqual([order]);
  const whole = await portrait(lin, absorbed.customerId);
  expect(whole.customer!.customerId).toBe(survivor.customerId);
  expect(whole.absorbed).toMatchObject([{ customerId: absorbed.customerId }]);
  await unmerge(lin, mergeId);
  expect(await links(survivor.customerId)).toEqual([]);
  expect(await links(absorbed.customerId)).toEqual([order]);
});

test("R009, R004, R013 what an absorbed customer had itself absorbed is the survivor's too, and whom they sent", async () => {
  const lin = await service.user();
  const [first, second, third, sent] = await Promise.all([
    create(lin),
    create(lin),
    create(lin),
    create(lin),
  ]);
  const send = (customerId: string, referrerCustomerId: string) =>
    lin.call(
      ReferralServiceService.recordReferral,
      RecordReferralRequest.fromPartial({ customerId, referrerCustomerId }),
    );
  await send(sent.customerId, first.customerId);
  const sold = { status: Order_Status.CONFIRMED, orderDate: dayOf(ago(30)), orderTime: ago(30) };
  const order = await tell(lin, Order, OrderPlaced, { customerId: first.customerId, ...sold });
  const campaign = await tell(lin, Campaign, CampaignCreated, { name: "spring", status: 2 });
  const sentTime = ago(20);
  const member = { customerId: first.customerId, campaignId: campaign, status: 2, sentTime };
  await tell(lin, CampaignMember, MemberSent, member);
  const value = { customerId: first.customerId, clv: cny(2000), updateTime: ago(50), grade: 1 };
  const fallen = { dropShare: 0.6, previousClv: cny(5000), cause: "fewer purchases" };
  await tell(lin, CustomerValue, ValueDropped, value, { id: first.customerId, facts: fallen });
  await heard();
  await merge(lin, second.customerId, [first.customerId]);
  const { mergeId } = await merge(lin, third.customerId, [second.customerId]);
  await heard();

  const links = (await timeline(lin, third.customerId, { filter: ELSEWHERE })).map(({ link }) => link!.id);
  expect(links).toContain(order);
  const began = { filter: 'kind == "customer_registered"', pageSize: 2 };
  const { entries, nextPageToken } = await page(lin, third.customerId, began);
  const rest = await page(lin, third.customerId, { ...began, pageToken: nextPageToken });
  const registered = [...entries, ...rest.entries].map(({ customerId }) => customerId);
  expect(registered).toHaveLength(3);
  expect(registered).toEqual(
    expect.arrayContaining([first, second, third].map(({ customerId }) => customerId)),
  );
  expect(rest.nextPageToken).toBe("");
  const whole = await portrait(lin, first.customerId);
  expect(whole).toMatchObject({
    customer: { customerId: third.customerId },
    campaigns: { last: [{ campaignId: campaign, name: "spring" }] },
    value: { clv: cny(2000), dropShare: 0.6 },
    referral: { referredCount: 1 },
  });
  const absorbed = [first.customerId, second.customerId].toSorted();
  expect(whole.absorbed.map(({ customerId }) => customerId)).toEqual(absorbed);
  const facts = await service.admin.query("select * from customer_facts where customer_id = $1", [
    third.customerId,
  ]);
  expect(facts.rows[0]).toMatchObject({ clv_micros: "2000000000", value_dropped_time: expect.any(Date) });
  const { referral } = await portrait(lin, sent.customerId);
  expect(referral!.referrer!.customerId).toBe(third.customerId);
  const tree = (customerId: string) =>
    lin.call(ReferralServiceService.getReferralTree, GetReferralTreeRequest.fromPartial({ customerId }));
  expect((await tree(third.customerId)).nodes.map(({ customerId }) => customerId)).toEqual([sent.customerId]);
  await expect(send(third.customerId, sent.customerId)).rejects.toMatchObject({ reason: "REFERRAL_CIRCLE" });
  const other = await create(lin);
  await send(third.customerId, other.customerId);
  await expect(send(other.customerId, sent.customerId)).rejects.toMatchObject({ reason: "REFERRAL_CIRCLE" });

  await unmerge(lin, mergeId);
  await heard();
  expect(await timeline(lin, third.customerId, { filter: ELSEWHERE })).toEqual([]);
  expect((await portrait(lin, third.customerId)).value!.clv).toBeUndefined();
});
