import { Affiliation_Role, Affiliation_Seniority } from "@guanxi/contract/guanxi/customer/v1/contact";
import type {
  Portrait,
  PortraitInteraction,
  PortraitState,
} from "@guanxi/contract/guanxi/customer/v1/portrait_service";
import { SegmentPolicy } from "@guanxi/contract/guanxi/customer/v1/segment";
import type { At } from "@guanxi/kit/at";
import { dateOrNone, dayIn } from "@guanxi/kit/days";
import { numberOf } from "@guanxi/kit/enum-names";
import { moneyOf } from "@guanxi/kit/micros";
import { answer } from "../customers/present.ts";
import { startOfDay } from "../dates.ts";
import type { ItemArea } from "./items.ts";
import { nextSteps } from "./next-steps.ts";
import type { InteractionBody, ItemRow, PortraitRow } from "./portrait-row.ts";
import { maySee, neededRight, type Part, visible } from "./visible.ts";

/** What this caller may see of it. */
export function presentPortrait(read: PortraitRow, at: At): Portrait {
  const row = visible(read, at);
  const state = stateOf(read, at);
  return {
    customer: answer(row, at),
    ownerName: row.ownerName ?? "",
    people: people(row, state("people")),
    segments: segments(row, state("segments")),
    interactions: interactions(row, state("interactions")),
    tasks: tasks(row, state("tasks")),
    cases: cases(row, state("cases")),
    pipeline: pipeline(row, state("pipeline"), at),
    orders: orders(row, state("orders"), at),
    value: value(row, state("value")),
    scores: scores(row, state("scores")),
    campaigns: campaigns(row, state("campaigns")),
    referral: {
      state: state("referral"),
      referrer: row.referrer ?? undefined,
      referredCount: row.referredCount,
    },
    absorbed: [...row.absorbed],
    nextSteps: nextSteps(row, {
      now: at.now,
      today: at.today,
      startOf: (day) => startOfDay(day, at.timeZone),
      dayOf: dayIn(at.timeZone),
      sees: (part) => maySee(part, at),
    }),
  };
}

/** Of which service each part is, and as of when. */
const AREAS: Record<Exclude<Part, "winBack">, ItemArea | "customer"> = {
  people: "customer",
  segments: "customer",
  referral: "customer",
  interactions: "interaction",
  tasks: "interaction",
  scores: "interaction",
  cases: "service_desk",
  pipeline: "sales",
  orders: "sales",
  value: "analytics",
  campaigns: "marketing",
};

const stateOf =
  ({ marks }: PortraitRow, at: At) =>
  (part: keyof typeof AREAS): PortraitState => {
    const area = AREAS[part];
    const mark = area === "customer" ? at.now.toISOString() : marks[area];
    const asOfTime = mark ? new Date(mark) : undefined;
    const age = asOfTime ? Math.max(0, Math.floor((at.now.getTime() - asOfTime.getTime()) / 1000)) : 0;
    return { area, asOfTime, ageSeconds: BigInt(age), neededRight: neededRight(part, at) };
  };

const time = (text: string | null | undefined) => (text ? new Date(text) : undefined);
const money = ({ micros, currency }: { micros: string | null; currency: string | null }) =>
  micros === null || currency === null ? undefined : moneyOf(BigInt(micros), currency);

const people = ({ people: found, peopleCount }: PortraitRow, state: PortraitState): Portrait["people"] => ({
  state,
  count: peopleCount,
  people: found.map(({ contactId, displayName, role, seniority, title, department, influence }) => ({
    contactId,
    displayName,
    role: numberOf(Affiliation_Role, role),
    seniority: numberOf(Affiliation_Seniority, seniority),
    title,
    department,
    influence,
  })),
});

const segments = ({ segments: found }: PortraitRow, state: PortraitState): Portrait["segments"] => ({
  state,
  segments: found.map(({ segmentId, name, sinceTime, policy }) => ({
    segmentId,
    name,
    sinceTime: time(sinceTime),
    policy: policy ? SegmentPolicy.fromPartial(policy) : undefined,
  })),
});

const interaction = ({ id, time: happened, body }: ItemRow<InteractionBody>): PortraitInteraction => ({
  interactionId: id,
  channel: body.channel ?? "",
  direction: body.direction ?? "",
  eventTime: time(happened),
  subject: body.subject,
  outcome: body.outcome ?? "",
  userId: body.userId,
  replyDueTime: time(body.replyDueTime),
});

const interactions = (row: PortraitRow, state: PortraitState): Portrait["interactions"] => ({
  state,
  last: row.interactions.map(interaction),
  lastInboundTime: time(row.contacted.lastInbound),
  lastOutboundTime: time(row.contacted.lastOutbound),
  count90Days: row.contacted.days90,
  unanswered: row.unanswered.map(interaction),
});

const tasks = ({ tasks: found }: PortraitRow, state: PortraitState): Portrait["tasks"] => ({
  state,
  open: found.map(({ id, body }) => ({
    taskId: id,
    kind: body.kind ?? "",
    title: body.title,
    dueTime: time(body.dueTime),
    assigneeId: body.assigneeId,
    reason: body.reason,
  })),
});

const cases = ({ cases: found, caseCounts }: PortraitRow, state: PortraitState): Portrait["cases"] => ({
  state,
  open: found.map(({ id, status, time: opened, body }) => ({
    caseId: id,
    number: BigInt(body.number),
    kind: body.kind ?? "",
    status,
    priority: body.priority ?? "",
    subject: body.subject,
    assigneeId: body.assigneeId,
    openTime: time(opened),
    dueTime: time(body.dueTime),
    breached: body.breached,
  })),
  openCount: caseCounts.open,
  breachedCount: caseCounts.breached,
  complaintCount: caseCounts.complaints,
});

const pipeline = (row: PortraitRow, state: PortraitState, at: At): Portrait["pipeline"] => ({
  state,
  open: row.opportunities.map((found) => ({
    opportunityId: found.id,
    displayName: found.body.displayName,
    stageId: found.body.stageId,
    amount: money(found),
    probability: found.body.probability,
    expectedCloseDate: dateOrNone(found.date),
    nextStep: found.body.nextStep,
    nextStepDate: dateOrNone(found.body.nextStepDate),
  })),
  openCount: row.pipeline.count,
  openAmount: moneyOf(BigInt(row.pipeline.micros), at.currencyCode),
});

function orders({ orders: found, sold }: PortraitRow, state: PortraitState, at: At): Portrait["orders"] {
  const sum = (micros: string) => moneyOf(BigInt(micros), at.currencyCode);
  return {
    state,
    last: found.map((order) => ({
      orderId: order.id,
      orderNumber: order.body.orderNumber,
      status: order.status,
      orderDate: dateOrNone(order.date),
      netAmount: money(order),
      creditNote: order.body.creditNote,
    })),
    orderCount: sold.count,
    firstOrderDate: dateOrNone(sold.first),
    lastOrderDate: dateOrNone(sold.last),
    revenue: sum(sold.revenue),
    margin: sum(sold.margin),
    revenue365Days: sum(sold.revenue365),
    openOrderCount: sold.open,
  };
}

const value = ({ value: found, drop }: PortraitRow, state: PortraitState): Portrait["value"] => ({
  state,
  clv: found ? money(found) : undefined,
  probabilityAlive: found?.body.probabilityAliveMicros
    ? Number(found.body.probabilityAliveMicros) / 1_000_000
    : undefined,
  rfmSegment: found?.body.rfmSegment ?? "",
  recencyScore: found?.body.recencyScore ?? 0,
  frequencyScore: found?.body.frequencyScore ?? 0,
  monetaryScore: found?.body.monetaryScore ?? 0,
  nextPurchaseDate: dateOrNone(found?.date ?? null),
  earliestDate: dateOrNone(found?.body.earliestDate ?? null),
  latestDate: dateOrNone(found?.body.latestDate ?? null),
  cycleDays: found?.body.cycleDays ?? 0,
  droppedTime: time(drop?.time),
  dropShare: drop?.body.dropShare ?? 0,
});

const scores = ({ nps, csat, feedback }: PortraitRow, state: PortraitState): Portrait["scores"] => ({
  state,
  nps: nps?.body.nps,
  npsTime: time(nps?.time),
  csat: csat ? Number(csat.body.csatMicros) / 1_000_000 : undefined,
  csatTime: time(csat?.time),
  openFeedback: feedback.map(({ id, time: said, body }) => ({
    feedbackId: id,
    source: body.source ?? "",
    topic: body.topic,
    score: body.score ?? undefined,
    standing: body.standing ?? "",
    eventTime: time(said),
    deadlineTime: time(body.deadlineTime),
  })),
});

const campaigns = ({ campaigns: found }: PortraitRow, state: PortraitState): Portrait["campaigns"] => ({
  state,
  last: found.map(({ id, status, time: since, body }) => ({
    campaignId: body.campaignId,
    name: body.campaignName ?? "",
    memberId: id,
    status,
    time: time(since),
    suppressedReason: body.suppressedReason,
  })),
});
