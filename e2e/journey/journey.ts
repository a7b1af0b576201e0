// One customer's way through all six services, as gateway calls and what comes of them: found on the web, won, worth more, let down,
// made good, asked again, and nearly lost. Each milestone is a line of the table.
import { setTimeout as pause } from "node:timers/promises";
import {
  acknowledgeCase,
  activateSurvey,
  changeOwner,
  closeCase,
  closeMarketStudy,
  completeCorrectiveAction,
  confirmOrder,
  convertLead,
  createCampaign,
  createCase,
  createCorrectiveAction,
  createLead,
  createMailbox,
  createMarketingPlan,
  createMarketStudy,
  createMessageTemplate,
  createOrder,
  createReconciliation,
  createSegment,
  createServiceCalendar,
  createSlaPolicy,
  createSurvey,
  createValueRun,
  fulfilOrder,
  getCampaignProgress,
  getCampaignResult,
  getCase,
  getCustomer,
  getLead,
  getPortrait,
  getReconciliation,
  getSegment,
  getSendingPolicy,
  getTenant,
  getValueRun,
  launchCampaign,
  linkCases,
  listCampaignMembers,
  listCustomerSegments,
  listTasks,
  listTimeline,
  listUsers,
  qualifyLead,
  querySatisfactionFigures,
  recordCampaignCost,
  recordConsent,
  resolveCase,
  returnOrder,
  routeContact,
  startCorrectiveAction,
  startOrderFulfilment,
  updateSendingPolicy,
  winOpportunity,
} from "@guanxi/client/gen/guanxi";
import { fill } from "@guanxi/cli/seed/seed";
import { dateOf, dayIn } from "@guanxi/kit/days";
import type { Figures } from "../smoke/figures.ts";

/** What a mail server of the test has taken. */
interface Letter {
  readonly text?: string | undefined;
}

export interface Place {
  readonly gateway: string;
  /** What its mail server has taken so far. */
  readonly letters: readonly Letter[];
}

const SEED = 7;
/** So many others, for what is worth much is worth more than others. */
const OTHERS = 120;
const MAIL = "han.mei@blueharbor.example";
const PATIENCE_MS = 120_000;

const key = () => ({ "Idempotency-Key": crypto.randomUUID() });
const yuan = (units: number) => ({ currencyCode: "CNY", units: String(units), nanos: 0 });

/** As soon as it is so: what one service says, another hears a moment later. */
async function until<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> {
  for (const end = performance.now() + PATIENCE_MS; ; await pause(100)) {
    const found = await look();
    if (found) return found;
    if (performance.now() > end) throw new Error(`it did not come to this: ${what}`);
  }
}

/** The mail whose text says this. */
const saying = ({ letters }: Place, text: string): Promise<Letter> =>
  until(`a mail that says ${text}`, async () => letters.find((letter) => letter.text?.includes(text)));

/** Where the company is: an order of a day that is not yet there was before the click that led to it. */
async function daysAgo(days: number) {
  const { timeZone } = await getTenant();
  return dateOf(dayIn(timeZone)(new Date(Date.now() - days * 86_400_000)));
}

export async function journey(table: Figures, place: Place): Promise<string> {
  const { users } = await listUsers();
  const owner = users.find(({ displayName }) => displayName === "林晓")!.userId;
  await createMailbox({ address: "hello@labels.example", displayName: "Labels", active: true }, key());
  await fill(SEED, OTHERS);
  const { customerId, orderIds } = await fromTheWeb(table, owner);
  await worthMore(table, customerId);
  await letDown(table, customerId, owner);
  await madeGood(table, place, customerId);
  await askedAgain(table, place, customerId);
  await nearlyLost(table, customerId, orderIds, owner);
  await seenWhole(table, customerId);
  await allAgrees(table);
  return customerId;
}

/** A lead of a web form becomes a customer, and the customer buys. */
async function fromTheWeb(
  table: Figures,
  ownerId: string,
): Promise<{ customerId: string; orderIds: string[] }> {
  const source = { channel: "CHANNEL_WEB_FORM" as const, campaign: "spring" };
  const { leadId } = await createLead({ personName: "韩梅", email: MAIL, source }, key());
  await qualifyLead(leadId, { qualification: { need: "labels" } }, key());
  await convertLead(leadId, { opportunityName: "Labels", amount: yuan(90_000) }, key());
  const { conversion } = await until("the lead is a customer", async () => {
    const lead = await getLead(leadId);
    return lead.conversion?.state === "STATE_DONE" && lead;
  });
  const { customerId, opportunityId } = conversion!;
  const customer = await changeOwner(customerId, { ownerId }, key());
  table.exact("web lead: the customer's first touch", "CHANNEL_WEB_FORM", customer.source!.channel);
  const won = await winOpportunity(opportunityId, { amount: yuan(90_000) }, key());
  table.exact("opportunity won", "TYPE_WON", won.stageType);
  const orderIds: string[] = [];
  for (let days = 70; days > 0; days -= 7) orderIds.push(await sold(customerId, 90_000, days, opportunityId));
  const { loyalty } = await until("orders move the stage", async () => {
    const found = await getCustomer(customerId);
    return (
      !["LIFECYCLE_STAGE_PROSPECT", "LIFECYCLE_STAGE_ACQUISITION"].includes(found.lifecycleStage) && found
    );
  });
  table.exact("orders: the customer is", "LOYALTY_LOYAL", loyalty);
  return { customerId, orderIds };
}

async function sold(
  customerId: string,
  amount: number,
  days: number,
  opportunityId?: string,
): Promise<string> {
  const line = { description: "Labels", quantity: "1", listPrice: yuan(amount), unitCost: yuan(amount / 2) };
  const order = { customerId, currencyCode: "CNY", orderDate: await daysAgo(days), lines: [line] };
  const { orderId } = await createOrder({ ...order, ...(opportunityId && { opportunityId }) }, key());
  await confirmOrder(orderId, {}, key());
  await startOrderFulfilment(orderId, {}, key());
  await fulfilOrder(orderId, {}, key());
  return orderId;
}

/** The grade rises, and with it what is promised. */
async function worthMore(table: Figures, customerId: string): Promise<void> {
  const everyDay = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"];
  const days = everyDay.map((day) => `DAY_${day}` as "DAY_MONDAY");
  const calendar = await createServiceCalendar({
    displayName: "Always",
    hours: [{ days, from: "00:00", until: "24:00" }],
  });
  const { users } = await listUsers();
  await createSlaPolicy({
    displayName: "By grade",
    rank: 1,
    serviceCalendarId: calendar.serviceCalendarId,
    targets: [
      { firstResponseMinutes: 30, resolutionMinutes: 600 },
      { grade: "GRADE_A", firstResponseMinutes: 1, resolutionMinutes: 120 },
    ],
    escalation: [
      {
        targetKind: "KIND_FIRST_RESPONSE",
        percent: 100,
        tell: "TELL_USER",
        userId: users.find(({ displayName }) => displayName === "陈静")!.userId,
      },
    ],
  });
  table.exact("first response before the grade, seconds", 1800, await promised(customerId));
  await valued();
  await until("grade A", async () => (await getCustomer(customerId)).grade === "GRADE_A");
  table.exact("grade after the run", "GRADE_A", (await getCustomer(customerId)).grade);
  const seconds = await until("the promise of grade A", async () => {
    const found = await promised(customerId);
    return found === 60 && found;
  });
  table.exact("first response of grade A, seconds", 60, seconds);
}

async function promised(customerId: string): Promise<number> {
  const { sla } = await routeContact({ customerId });
  return Number(sla!.targets.find(({ kind }) => kind === "KIND_FIRST_RESPONSE")!.targetSeconds);
}

/** Scores all who have bought. */
async function valued(): Promise<void> {
  const { valueRunId } = await createValueRun({}, key());
  const { state, error } = await until("the value run ends", async () => {
    const run = await getValueRun(valueRunId);
    return run.state !== "STATE_RUNNING" && run;
  });
  if (state !== "STATE_COMPLETED") throw new Error(error);
}

/** Nobody answers the complaint in time. */
async function letDown(table: Figures, customerId: string, owner: string): Promise<void> {
  const complaint = await createCase(
    { kind: "KIND_COMPLAINT", subject: "Labels come off", customerId, origin: "ORIGIN_PHONE" },
    key(),
  );
  const breached = await until("the promise is broken", async () => {
    const it = await getCase(complaint.caseId);
    return it.escalationLevel > 0 && it;
  });
  const first = breached.sla!.targets.find(({ kind }) => kind === "KIND_FIRST_RESPONSE")!;
  table.exact("complaint: the promise", "STATE_BREACHED", first.state);
  table.exact("complaint: escalated to level", 1, breached.escalationLevel);
  const portrait = await until("the portrait knows", async () => {
    const found = await getPortrait(customerId);
    return found.cases!.breachedCount > 0 && found;
  });
  table.exact("portrait: broken promises", 1, portrait.cases!.breachedCount);
  table.exact("portrait: owner", owner, portrait.customer!.ownerId);
}

/** Its cause is found and done away with, the customer hears of it and says what it thinks. */
async function madeGood(table: Figures, place: Place, customerId: string): Promise<void> {
  const survey = await createSurvey({
    displayName: "After a case",
    trigger: "TRIGGER_AFTER_CASE_CLOSED",
    languageCode: "en",
    questions: [{ code: "recommend", kind: "KIND_NPS", text: "Would you recommend us?" }],
  });
  await activateSurvey(survey.surveyId, {});
  const { cases } = await getPortrait(customerId).then(({ cases: found }) => ({ cases: found!.open }));
  const { caseId } = cases[0]!;
  await acknowledgeCase(caseId, {}, key());
  await resolveCase(
    caseId,
    { resolution: "RESOLUTION_SOLVED", rootCause: "ROOT_CAUSE_PRODUCT_QUALITY" },
    key(),
  );
  const { correctiveActionId } = await createCorrectiveAction({
    title: "Stronger glue",
    rootCause: "ROOT_CAUSE_PRODUCT_QUALITY",
  });
  await linkCases(correctiveActionId, { caseIds: [caseId] });
  await startCorrectiveAction(correctiveActionId, {});
  await completeCorrectiveAction(correctiveActionId, {
    customerMessage: "Our labels have stronger glue now.",
  });
  await saying(place, "stronger glue now");
  await closeCase(caseId, {}, key());
  const invitation = await saying(place, "/v1/surveyAnswers/");
  const [link] = /\/v1\/surveyAnswers\/[\w.~-]+/.exec(invitation.text!)!;
  const answer = await fetch(`${place.gateway}${link}:answer`, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": crypto.randomUUID() },
    body: JSON.stringify({ answers: [{ questionCode: "recommend", score: 9 }] }),
  });
  table.exact("survey: answered by the link", 200, answer.status);
  const score = await until("the survey counts", async () => {
    const [group] = (await querySatisfactionFigures()).groups;
    return (
      group?.figures.find(({ figure }) => figure === "net_promoter_score" && true)?.value !== undefined &&
      group
    );
  });
  table.exact(
    "survey: net promoter score",
    100,
    Number(score.figures.find(({ figure }) => figure === "net_promoter_score")!.value),
  );
}

/** A study finds a target, a campaign reaches it, and the customer buys once more. */
async function askedAgain(table: Figures, place: Place, customerId: string): Promise<void> {
  await recordConsent(
    customerId,
    { consent: { channel: "CHANNEL_EMAIL", purpose: "marketing", state: "STATE_GRANTED" } },
    key(),
  );
  const { studyId } = await createMarketStudy({
    title: "Who orders labels again",
    method: "METHOD_INTERVIEW",
    sampleSize: 12,
    sample: "buyers of this year",
    findings: [{ text: "Those of grade A would order with a discount" }],
  });
  await closeMarketStudy(studyId, {});
  const condition = 'grade == "A" && orders_90d >= 3 && source_channel == "WEB_FORM"';
  const { segmentId } = await createSegment({
    name: "Loyal labels",
    condition,
    studyId,
    policy: { rank: 1, offer: "5 %" },
  });
  await until("the segment is built", async () => (await getSegment(segmentId)).state === "STATE_ACTIVE");
  await until(
    "the customer is in it",
    async () => (await listCustomerSegments(customerId)).segments.length > 0,
  );
  const plan = await createMarketingPlan({
    name: "Labels again",
    segmentIds: [segmentId],
    targets: [{ segmentId, size: "1", score: 90, reason: "they buy" }],
    positioning: "The labels that stay",
  });
  const { templateId } = await createMessageTemplate({
    name: "Again",
    variants: [
      {
        channel: "EMAIL",
        subject: "{{ customer.display_name }}, labels that stay",
        text: "5 % for you: https://shop.example/labels\n{{ unsubscribe_url }}",
      },
    ],
  });
  const { etag } = await getSendingPolicy();
  await updateSendingPolicy({ quietFrom: "", quietUntil: "" }, { "If-Match": `"${etag}"` });
  const { campaignId } = await createCampaign({
    name: "Labels again",
    planId: plan.planId,
    targetId: plan.targets[0]!.targetId,
    audience: { segmentIds: [segmentId] },
    steps: [{ step: 1, templateId }],
    budget: yuan(1000),
  });
  await recordCampaignCost(campaignId, { amount: yuan(500) }, key());
  await launchCampaign(campaignId, {}, key());
  const mail = await saying(place, "5 % for you");
  const [tracked] = /https?:\/\/\S*trackedLinks\/[\w.~-]+/.exec(mail.text!)!;
  const clicked = await fetch(tracked, { redirect: "manual" });
  table.exact(
    "campaign: the link leads to",
    "https://shop.example/labels",
    clicked.headers.get("location") ?? "",
  );
  await until("the click counts", async () => {
    const { members } = await listCampaignMembers(campaignId);
    return members[0]?.status === "STATUS_CLICKED";
  });
  await sold(customerId, 80_000, 0);
  const result = await until("the order is credited", async () => {
    const found = await getCampaignResult(campaignId);
    return Number(found.conversions) > 0 && found;
  });
  const progress = await getCampaignProgress(campaignId);
  table.exact("campaign: audience and members", "1 1", `${progress.audienceCount} ${progress.memberCount}`);
  table.exact("campaign: revenue credited", 80_000, result.revenue!.units);
  table.exact("campaign: return on investment", 79, result.roi ?? -1);
}

/** Most of what was bought comes back: the customer is worth less, and somebody is to act. */
async function nearlyLost(
  table: Figures,
  customerId: string,
  orderIds: readonly string[],
  owner: string,
): Promise<void> {
  for (const orderId of orderIds.slice(2)) await returnOrder(orderId, { reason: "labels come off" }, key());
  await valued();
  const task = await until("the retention task", async () => {
    const { tasks } = await listTasks({ filter: `kind == "ALERT" && customer_id == "${customerId}"` });
    return tasks.find(({ origin }) => origin?.rule === "value_dropped");
  });
  table.exact("value dropped: the retention task is of", owner, task.assigneeId);
}

/** All of it in one answer, and in one line of time. */
async function seenWhole(table: Figures, customerId: string): Promise<void> {
  const portrait = await until("the portrait knows that the value fell", async () => {
    const found = await getPortrait(customerId);
    return found.nextSteps.length > 0 && found.value?.droppedTime !== undefined && found;
  });
  const areas = [
    portrait.orders,
    portrait.cases,
    portrait.interactions,
    portrait.value,
    portrait.campaigns,
  ].map((part) => part!.state!.area);
  table.exact(
    "portrait: of which services",
    "sales service_desk interaction analytics marketing",
    areas.join(" "),
  );
  const kinds = new Set<string>();
  for (let pageToken = ""; ; ) {
    const page = await listTimeline(customerId, { pageSize: 200, ...(pageToken && { pageToken }) });
    for (const { area } of page.entries) kinds.add(area);
    pageToken = page.nextPageToken;
    if (pageToken === "") break;
  }
  table.exact(
    "timeline: services",
    "analytics customer interaction marketing sales service_desk",
    [...kinds].toSorted().join(" "),
  );
}

/** What analytics has is what the services say. */
async function allAgrees(table: Figures): Promise<void> {
  const { reconciliationId } = await createReconciliation({}, key());
  const compared = await until("the comparison ends", async () => {
    const found = await getReconciliation(reconciliationId);
    return found.state !== "STATE_RUNNING" && found;
  });
  table.exact("reconciliation: ended", "STATE_COMPLETED", compared.state);
  table.exact("reconciliation: differences", 0, compared.differenceCount);
  const compares = new Set(compared.comparisons.map(({ area }) => area));
  table.exact(
    "reconciliation: of which services",
    "customer interaction marketing sales service_desk",
    [...compares]
      .filter((area) => area !== "identity" && area !== "")
      .toSorted()
      .join(" "),
  );
}
