import { randomUUID } from "node:crypto";
import { CustomerValue } from "@guanxi/contract/guanxi/analytics/v1/customer_value";
import { ValueDropped, ValueScored } from "@guanxi/contract/guanxi/analytics/v1/customer_value_events";
import { Feedback } from "@guanxi/contract/guanxi/interaction/v1/feedback";
import { FeedbackReceived } from "@guanxi/contract/guanxi/interaction/v1/feedback_events";
import { Channel, Direction, Interaction } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import { InteractionRecorded } from "@guanxi/contract/guanxi/interaction/v1/interaction_events";
import { SurveyInvitation } from "@guanxi/contract/guanxi/interaction/v1/survey_invitation";
import { SurveyAnswered } from "@guanxi/contract/guanxi/interaction/v1/survey_invitation_events";
import { Task } from "@guanxi/contract/guanxi/interaction/v1/task";
import { TaskCreated } from "@guanxi/contract/guanxi/interaction/v1/task_events";
import { Campaign } from "@guanxi/contract/guanxi/marketing/v1/campaign";
import { CampaignCreated } from "@guanxi/contract/guanxi/marketing/v1/campaign_events";
import { CampaignMember } from "@guanxi/contract/guanxi/marketing/v1/campaign_member";
import { MemberSent } from "@guanxi/contract/guanxi/marketing/v1/campaign_member_events";
import { Opportunity } from "@guanxi/contract/guanxi/sales/v1/opportunity";
import { OpportunityOpened } from "@guanxi/contract/guanxi/sales/v1/opportunity_events";
import { Order, Order_Status } from "@guanxi/contract/guanxi/sales/v1/order";
import { OrderPlaced } from "@guanxi/contract/guanxi/sales/v1/order_events";
import { Case } from "@guanxi/contract/guanxi/service_desk/v1/case";
import { CaseOpened } from "@guanxi/contract/guanxi/service_desk/v1/case_events";
import type { At } from "@guanxi/kit/at";
import type { Statement } from "@guanxi/kit/flush";
import { list } from "@guanxi/kit/list";
import { expect, test } from "vitest";
import { PORTRAIT } from "../src/portrait/read-portrait.ts";
import { entryFields, notMinor, ofCustomers, timelineEntries } from "../src/timeline/entries.ts";
import { create, createFirm } from "./calls.ts";
import { ago, call, ELSEWHERE, cny, dayOf, page, portrait, portraitRig } from "./portrait-rig.ts";

const { service, tell, heard } = portraitRig();

test("R013, R012 one answer has all parts of a customer, each with its age; a new fact is in the next one", async () => {
  const lin = await service.user();
  const { customerId } = await createFirm(lin, { displayName: "晨光文具" });
  const empty = await portrait(lin, customerId);
  expect(empty).toMatchObject({
    customer: { displayName: "晨光文具" },
    cases: { state: { area: "service_desk", asOfTime: undefined, neededRight: "" }, open: [], openCount: 0 },
    orders: { last: [], orderCount: 0 },
    nextSteps: [{ rule: "assign_owner" }],
  });
  const order = await tell(lin, Order, OrderPlaced, {
    customerId,
    orderNumber: "O-1",
    status: Order_Status.CONFIRMED,
    kind: 1,
    currencyCode: "CNY",
    orderDate: dayOf(ago(72)),
    orderTime: ago(72),
    netAmount: cny(120),
    marginAmount: cny(40),
  });
  const opportunity = await tell(lin, Opportunity, OpportunityOpened, {
    customerId,
    displayName: "more pens",
    stageType: 1,
    stageId: "offer",
    amount: cny(900),
    expectedCloseDate: dayOf(ago(48)),
    createTime: ago(100),
  });
  const complaint = await tell(lin, Case, CaseOpened, {
    customerId,
    kind: 4,
    number: 7n,
    priority: 3,
    status: 3,
    subject: "late again",
    openTime: ago(30),
    openDate: dayOf(ago(30)),
    sla: {
      targets: [
        { kind: 1, state: 4 },
        { kind: 3, state: 1, dueTime: ago(-2) },
      ],
    },
  });
  const asked = await tell(
    lin,
    Interaction,
    InteractionRecorded,
    call(customerId, ago(5), { reply: { dueTime: ago(-1) } }),
  );
  const task = await tell(lin, Task, TaskCreated, {
    customerId,
    kind: 3,
    state: 1,
    title: "call",
    dueTime: ago(1),
  });
  const feedback = await tell(lin, Feedback, FeedbackReceived, {
    customerId,
    source: 1,
    score: 20,
    standing: 1,
    state: 1,
    eventTime: ago(9),
  });
  await tell(lin, SurveyInvitation, SurveyAnswered, {
    customerId,
    state: 4,
    answerTime: ago(9),
    answers: [
      { kind: 1, scaleMin: 0, scaleMax: 10, score: 2 },
      { kind: 2, scaleMin: 1, scaleMax: 5, score: 3 },
    ],
  });
  const value = { customerId, clv: cny(5000), probabilityAlive: 0.25, updateTime: ago(50), grade: 1 };
  await tell(
    lin,
    CustomerValue,
    ValueScored,
    { ...value, rfm: { segment: "loyal", recencyScore: 5 } },
    { id: customerId },
  );
  await tell(
    lin,
    CustomerValue,
    ValueDropped,
    { ...value, clv: cny(2000), rfm: { segment: "at_risk", recencyScore: 2 } },
    { id: customerId, facts: { dropShare: 0.6, previousClv: cny(5000), cause: "fewer purchases expected" } },
  );
  const campaign = await tell(lin, Campaign, CampaignCreated, { name: "spring", status: 2 });
  await tell(lin, CampaignMember, MemberSent, {
    customerId,
    campaignId: campaign,
    status: 2,
    sentTime: ago(20),
  });
  await heard();

  const whole = await portrait(lin, customerId);
  expect(whole).toMatchObject({
    orders: {
      state: { area: "sales" },
      last: [{ orderId: order, orderNumber: "O-1", status: "CONFIRMED", netAmount: cny(120) }],
      orderCount: 1,
      revenue: cny(120),
      margin: cny(40),
      openOrderCount: 1,
    },
    pipeline: {
      open: [{ opportunityId: opportunity, displayName: "more pens" }],
      openCount: 1,
      openAmount: cny(900),
    },
    cases: {
      open: [
        {
          caseId: complaint,
          number: 7n,
          kind: "COMPLAINT",
          priority: "HIGH",
          breached: true,
          dueTime: ago(-2),
        },
      ],
      openCount: 1,
      breachedCount: 1,
      complaintCount: 1,
    },
    interactions: {
      last: [{ interactionId: asked, channel: "PHONE", direction: "INBOUND", subject: "invoice" }],
      lastInboundTime: ago(5),
      count90Days: 1,
      unanswered: [{ interactionId: asked }],
    },
    tasks: { open: [{ taskId: task, kind: "CARE" }] },
    value: { clv: cny(2000), probabilityAlive: 0.25, rfmSegment: "at_risk", recencyScore: 2, dropShare: 0.6 },
    scores: { nps: 2, csat: 3, openFeedback: [{ feedbackId: feedback, standing: "DETRACTOR", score: 20 }] },
    campaigns: {
      state: { area: "marketing" },
      last: [{ campaignId: campaign, name: "spring", status: "SENT" }],
    },
  });
  expect(whole.nextSteps[0]).toMatchObject({ priority: 1, dueTime: ago(-2) });
  const rules = whole.nextSteps.map(({ rule, link }) => `${rule} ${link!.id}`);
  expect(rules).toEqual([
    `mend_breach ${complaint}`,
    `do_task ${task}`,
    `answer_customer ${asked}`,
    `answer_feedback ${feedback}`,
    `assign_owner ${customerId}`,
    `stop_the_drop ${customerId}`,
    `follow_opportunity ${opportunity}`,
  ]);

  // Only the service desk has news: its part is younger, and the others have kept theirs with their age.
  const before = whole.cases!.state!.asOfTime!;
  await tell(lin, Case, CaseOpened, {
    customerId,
    kind: 1,
    number: 8n,
    status: 1,
    openTime: ago(0),
    openDate: dayOf(ago(0)),
  });
  await heard();
  const next = await portrait(lin, customerId);
  expect(next.cases).toMatchObject({ openCount: 2 });
  expect(next.cases!.state!.asOfTime!.getTime()).toBeGreaterThan(before.getTime());
  expect(next.orders!.state!.asOfTime).toEqual(whole.orders!.state!.asOfTime);
  expect(next.orders!.state!.ageSeconds).toBeGreaterThanOrEqual(whole.orders!.state!.ageSeconds);
  expect(next.orders!.last).toEqual(whole.orders!.last);
});

test("R010 what the caller may not read is named as hidden, and who it was stays hidden", async () => {
  const lin = await service.user();
  const { customerId } = await create(lin);
  await tell(lin, Interaction, InteractionRecorded, call(customerId, ago(1)));
  await tell(lin, Case, CaseOpened, {
    customerId,
    number: 1n,
    status: 1,
    subject: "secret",
    openTime: ago(2),
  });
  await heard();
  const grants = [
    { resource: "customer", action: "read" },
    { resource: "customer", action: "read_personal" },
    { resource: "interaction", action: "read" },
  ];
  const wang = await service.user({ tenantId: lin.tenantId, grants });
  const seen = await portrait(wang, customerId);
  expect(seen).toMatchObject({
    customer: { displayName: "张三" },
    cases: { state: { neededRight: "case:read" }, open: [], openCount: 0 },
    interactions: { state: { neededRight: "" }, last: [{ subject: "***" }] },
    value: { state: { neededRight: "customer_value:read" } },
  });
  const { entries, hiddenResources } = await page(wang, customerId, { filter: ELSEWHERE });
  expect(entries.map(({ kind, title }) => [kind, title])).toEqual([["interaction_recorded", "***"]]);
  expect(hiddenResources).toEqual(expect.arrayContaining(["case", "order", "customer_value", "campaign"]));
  expect(hiddenResources).not.toContain("interaction");
  const stranger = await service.user();
  await expect(portrait(stranger, customerId)).rejects.toMatchObject({ reason: "NOT_FOUND" });
  await expect(page(stranger, customerId)).rejects.toMatchObject({ reason: "NOT_FOUND" });
});

/** And nine more, with 1,800 entries each. */
const BUSY = "01a20000-0000-4000-8000-000000000000";

const ITEMS = ["sales", "service_desk", "interaction", "analytics", "marketing"];

/** As the service's role plans it, where there are enough customers for an index to matter. */
async function planOf(text: string, values: readonly unknown[]): Promise<string> {
  const { admin } = service;
  const tenantId = randomUUID();
  await admin.query("begin");
  try {
    for (const area of ITEMS)
      await admin.query(`
insert into portrait_${area} select '${tenantId}', gen_random_uuid(), gen_random_uuid(),
  (array['interaction', 'case', 'order'])[n % 3 + 1], '', false, now(), null, null, null, '{}', 1
from generate_series(1, 1000) n; analyze portrait_${area}`);
    for (const area of ["customer", ...ITEMS])
      await admin.query(`
insert into timeline_${area} select '${tenantId}', gen_random_uuid(), ('${BUSY.slice(0, -1)}' || n % 10)::uuid, now(), now(), '', '', '',
  false, '', gen_random_uuid(), 1, null, null, '', '', '', '', '', '', null, null
from generate_series(1, 3000) n; analyze timeline_${area}`);
    await admin.query("set local role customer_app");
    await admin.query("set local enable_seqscan = off"); // the other tables are empty here
    await admin.query("select set_config('app.tenant', $1, true)", [tenantId]);
    const { rows } = await admin.query(`explain (format json) ${text}`, [...values]);
    return JSON.stringify(rows);
  } finally {
    await admin.query("rollback");
  }
}

test("R013 a portrait is one statement, and finds what is the customer's by an index", async () => {
  const plan = await planOf(PORTRAIT, [randomUUID()]);
  expect(plan).not.toContain("Seq Scan");
  const scans = [...plan.matchAll(/"Relation Name":"portrait_(?!marks)\w+".*?"Index Cond":"([^"]*)"/g)];
  expect(scans.length).toBeGreaterThan(12);
  expect(scans.filter(([, condition]) => !/(customer|item)_id = /.test(condition!))).toEqual([]);
});

test("R004 a page of a timeline walks the indexes of all areas side by side, of a merged customer too", async () => {
  for (const count of [1, 3]) {
    const asked: Statement[] = [];
    // What is built is looked at; of all that At has it uses this alone.
    const at = { ask: async (statement: Statement) => (asked.push(statement), []) } as unknown as At;
    await list(at, timelineEntries, {
      request: { pageSize: 50, pageToken: "", orderBy: "time desc" },
      catalogue: entryFields,
      orders: ["time"],
      where: [notMinor],
      spread: ofCustomers(Array.from({ length: count }, (_, place) => BUSY.slice(0, -1) + place)),
    });
    const plan = await planOf(asked[0]!.text, asked[0]!.values!);
    expect(plan).toContain("Merge Append");
    expect(plan).not.toContain('"Sort"');
    expect(plan.match(/"Index Scan".{1,200}"Index Name":"timeline_\w+_of_customer"/g)).toHaveLength(
      6 * count,
    );
  }
});

test("R012 facts are counted by the company's days, and say when they differ by themselves", async () => {
  const lin = await service.user();
  const { customerId } = await create(lin);
  const sold = (days: number, more: object = {}) =>
    tell(lin, Order, OrderPlaced, {
      customerId,
      kind: 1,
      status: Order_Status.FULFILLED,
      currencyCode: "CNY",
      orderDate: dayOf(ago(24 * days)),
      netAmount: cny(10),
      marginAmount: cny(4),
      ...more,
    });
  for (const days of [10, 29, 30, 89, 90, 364, 365]) await sold(days);
  await sold(20, { kind: 2, netAmount: cny(-3), marginAmount: cny(-1) });
  await sold(5, { currencyCode: "USD", netAmount: { currencyCode: "USD", units: 999n, nanos: 0 } });
  const [mail, queued] = [
    { channel: Channel.EMAIL, direction: Direction.OUTBOUND },
    { delivery: { state: 1 } },
  ];
  await tell(lin, Interaction, InteractionRecorded, call(customerId, ago(24 * 40)));
  await tell(lin, Interaction, InteractionRecorded, call(customerId, ago(24 * 3), mail));
  await tell(lin, Interaction, InteractionRecorded, call(customerId, ago(2), { ...mail, ...queued }));
  await tell(lin, Interaction, InteractionRecorded, call(customerId, ago(1), { automatic: true }));
  await heard();
  const facts = async () =>
    (await service.admin.query("select * from customer_facts where customer_id = $1", [customerId])).rows[0];
  await expect.poll(facts, { timeout: 10_000 }).toMatchObject({
    order_count: 8,
    orders_30d: 3,
    orders_90d: 5,
    orders_365d: 7,
    revenue_micros: "67000000",
    margin_micros: "27000000",
    revenue_365d_micros: "57000000",
    interactions_30d: 1,
    interactions_90d: 2,
    last_interaction_time: ago(24 * 3),
    last_inbound_time: ago(24 * 40),
    last_outbound_time: ago(24 * 3),
  });
  const [{ due, tomorrow }] = (
    await service.admin.query(
      `select window_due_date::text as due, $2::date::text as tomorrow from customer_facts where customer_id = $1`,
      [customerId, plain(dayOf(ago(-24)))],
    )
  ).rows;
  expect(due).toBe(tomorrow); // the order of 29 days ago leaves the 30 days
});

const plain = ({ year, month, day }: ReturnType<typeof dayOf>) => `${year}-${month}-${day}`;
