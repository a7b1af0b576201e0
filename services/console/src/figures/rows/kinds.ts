// The facts that figures are made of: how each kind is listed, and what is shown of it. A table and a file say the same.
import {
  type AnswerFact,
  type CaseFact,
  type CasePromise,
  type CustomerValue,
  type FeedbackFact,
  type InvitationFact,
  listAnswerFacts,
  listCaseFacts,
  listCustomerValues,
  listFeedbackFacts,
  listInvitationFacts,
  listOpportunityFacts,
  listOrderFacts,
  type OpportunityFact,
  type OrderFact,
} from "@guanxi/client/gen/guanxi";
import { amountOf, type Money } from "../../text/format.ts";
import type { Cell } from "../../ui/csv.ts";
import { dayText } from "../day.ts";
import type { Kind } from "../sheet.ts";
import type { FigureWord } from "../words.ts";

export interface Asked {
  pageSize: number;
  pageToken?: string;
  filter?: string;
  orderBy?: string;
}

export interface Looks {
  label(name: string, value: string | undefined): string;
  user(userId: string): string;
  stage(stageId: string): string;
}

interface FactColumn<F> {
  title: FigureWord;
  kind: Kind;
  value(fact: F, looks: Looks): Cell;
}

export interface FactKind<F> {
  list(asked: Asked, signal?: AbortSignal): Promise<{ facts: F[]; nextPageToken: string }>;
  id(fact: F): string;
  customerOf(fact: F): string;
  /** What is summed for the foot; of one currency, as the rows of a figure are. */
  money?(fact: F): Money | undefined;
  columns: readonly FactColumn<F>[];
}

const money = (value: Money | undefined): Cell => (value ? amountOf(value) : undefined);
const seconds = (promise: CasePromise | undefined): Cell =>
  promise?.seconds === undefined ? undefined : Number(promise.seconds);

const orders: FactKind<OrderFact> = {
  async list(asked, signal) {
    const { orderFacts, nextPageToken } = await listOrderFacts(asked, { signal });
    return { facts: orderFacts, nextPageToken };
  },
  id: ({ orderId }) => orderId,
  customerOf: ({ customerId }) => customerId,
  money: ({ netAmount }) => netAmount,
  columns: [
    { title: "col.order", kind: "text", value: ({ orderNumber }) => orderNumber },
    { title: "col.date", kind: "date", value: ({ orderDate }) => dayText(orderDate) },
    { title: "col.kind", kind: "text", value: ({ kind }, { label }) => label("OrderKind", kind) },
    { title: "col.status", kind: "text", value: ({ status }, { label }) => label("OrderStatus", status) },
    { title: "col.amount", kind: "amount", value: ({ netAmount }) => money(netAmount) },
    { title: "col.margin", kind: "amount", value: ({ marginAmount }) => money(marginAmount) },
    { title: "col.owner", kind: "text", value: ({ ownerId }, { user }) => user(ownerId) },
    { title: "col.region", kind: "text", value: ({ region }) => region },
  ],
};

const opportunities: FactKind<OpportunityFact> = {
  async list(asked, signal) {
    const { opportunityFacts, nextPageToken } = await listOpportunityFacts(asked, { signal });
    return { facts: opportunityFacts, nextPageToken };
  },
  id: ({ opportunityId }) => opportunityId,
  customerOf: ({ customerId }) => customerId,
  money: ({ amount }) => amount,
  columns: [
    { title: "col.opportunity", kind: "text", value: ({ displayName }) => displayName },
    { title: "col.stage", kind: "text", value: ({ stageId }, { stage }) => stage(stageId) },
    { title: "col.amount", kind: "amount", value: ({ amount }) => money(amount) },
    { title: "col.probability", kind: "share", value: ({ probability }) => probability / 100 },
    { title: "col.opened", kind: "date", value: ({ openDate }) => dayText(openDate) },
    { title: "col.closed", kind: "date", value: ({ closeDate }) => dayText(closeDate) },
    { title: "col.cycle", kind: "days", value: ({ cycleDays }) => cycleDays },
    {
      title: "col.lostReason",
      kind: "text",
      value: ({ lostReason }, { label }) => label("OpportunityLostReason", lostReason),
    },
    { title: "col.owner", kind: "text", value: ({ ownerId }, { user }) => user(ownerId) },
  ],
};

const cases: FactKind<CaseFact> = {
  async list(asked, signal) {
    const { caseFacts, nextPageToken } = await listCaseFacts(asked, { signal });
    return { facts: caseFacts, nextPageToken };
  },
  id: ({ caseId }) => caseId,
  customerOf: ({ customerId }) => customerId,
  columns: [
    { title: "col.case", kind: "text", value: ({ number }) => `#${number}` },
    { title: "col.kind", kind: "text", value: ({ kind }, { label }) => label("CaseKind", kind) },
    { title: "col.topic", kind: "text", value: ({ topic }) => topic },
    { title: "col.status", kind: "text", value: ({ status }, { label }) => label("CaseStatus", status) },
    {
      title: "col.priority",
      kind: "text",
      value: ({ priority }, { label }) => label("CasePriority", priority),
    },
    {
      title: "col.response",
      kind: "text",
      value: ({ response }, { label }) => label("SlaTargetState", response?.state),
    },
    { title: "col.responseTime", kind: "seconds", value: ({ response }) => seconds(response) },
    {
      title: "col.resolution",
      kind: "text",
      value: ({ resolution }, { label }) => label("SlaTargetState", resolution?.state),
    },
    { title: "col.resolutionTime", kind: "seconds", value: ({ resolution }) => seconds(resolution) },
    {
      title: "col.rootCause",
      kind: "text",
      value: ({ rootCause }, { label }) => label("CaseRootCause", rootCause),
    },
    { title: "col.reopened", kind: "count", value: ({ reopenCount }) => reopenCount },
    { title: "col.opened", kind: "date", value: ({ openDate }) => dayText(openDate) },
    { title: "col.closed", kind: "date", value: ({ closeDate }) => dayText(closeDate) },
    { title: "col.owner", kind: "text", value: ({ assigneeId }, { user }) => user(assigneeId) },
  ],
};

const answers: FactKind<AnswerFact> = {
  async list(asked, signal) {
    const { answerFacts, nextPageToken } = await listAnswerFacts(asked, { signal });
    return { facts: answerFacts, nextPageToken };
  },
  id: ({ answerId }) => answerId,
  customerOf: ({ customerId }) => customerId,
  columns: [
    { title: "col.question", kind: "text", value: ({ questionCode }) => questionCode },
    {
      title: "col.questionKind",
      kind: "text",
      value: ({ questionKind }, { label }) => label("SurveyQuestionKind", questionKind),
    },
    { title: "col.score", kind: "count", value: ({ score }) => score },
    { title: "col.scale", kind: "text", value: ({ scaleMin, scaleMax }) => `${scaleMin}–${scaleMax}` },
    { title: "col.answered", kind: "date", value: ({ answerDate }) => dayText(answerDate) },
    { title: "col.owner", kind: "text", value: ({ agentId }, { user }) => user(agentId) },
  ],
};

const invitations: FactKind<InvitationFact> = {
  async list(asked, signal) {
    const { invitationFacts, nextPageToken } = await listInvitationFacts(asked, { signal });
    return { facts: invitationFacts, nextPageToken };
  },
  id: ({ surveyInvitationId }) => surveyInvitationId,
  customerOf: ({ customerId }) => customerId,
  columns: [
    { title: "col.survey", kind: "text", value: ({ surveyName }) => surveyName },
    {
      title: "col.status",
      kind: "text",
      value: ({ state }, { label }) => label("SurveyInvitationState", state),
    },
    { title: "col.sent", kind: "date", value: ({ sendDate }) => dayText(sendDate) },
    { title: "col.answered", kind: "date", value: ({ answerDate }) => dayText(answerDate) },
    {
      title: "col.standing",
      kind: "text",
      value: ({ standing }, { label }) => label("SurveyInvitationStanding", standing),
    },
    { title: "col.owner", kind: "text", value: ({ agentId }, { user }) => user(agentId) },
  ],
};

const feedback: FactKind<FeedbackFact> = {
  async list(asked, signal) {
    const { feedbackFacts, nextPageToken } = await listFeedbackFacts(asked, { signal });
    return { facts: feedbackFacts, nextPageToken };
  },
  id: ({ feedbackId }) => feedbackId,
  customerOf: ({ customerId }) => customerId,
  columns: [
    { title: "col.date", kind: "date", value: ({ eventDate }) => dayText(eventDate) },
    { title: "col.source", kind: "text", value: ({ source }, { label }) => label("FeedbackSource", source) },
    { title: "col.topic", kind: "text", value: ({ topic }) => topic },
    { title: "col.status", kind: "text", value: ({ state }, { label }) => label("FeedbackState", state) },
    { title: "col.score", kind: "count", value: ({ score }) => score },
    {
      title: "col.standing",
      kind: "text",
      value: ({ standing }, { label }) => label("SurveyInvitationStanding", standing),
    },
    { title: "col.deadline", kind: "date", value: ({ deadlineTime }) => deadlineTime?.slice(0, 10) },
    {
      title: "col.resolution",
      kind: "text",
      value: ({ resolutionState }, { label }) => label("SlaTargetState", resolutionState),
    },
    { title: "col.owner", kind: "text", value: ({ ownerId }, { user }) => user(ownerId) },
  ],
};

const values: FactKind<CustomerValue> = {
  async list(asked, signal) {
    const { customerValues, nextPageToken } = await listCustomerValues(asked, { signal });
    return { facts: customerValues, nextPageToken };
  },
  id: ({ customerId }) => customerId,
  customerOf: ({ customerId }) => customerId,
  money: ({ clv }) => clv,
  columns: [
    { title: "col.grade", kind: "text", value: ({ grade }, { label }) => label("Grade", grade) },
    { title: "segment", kind: "text", value: ({ rfm }, { label }) => label("RfmSegment", rfm?.segment) },
    { title: "clv", kind: "amount", value: ({ clv }) => money(clv) },
    { title: "revenue", kind: "amount", value: ({ revenue }) => money(revenue) },
    { title: "purchases", kind: "count", value: ({ purchaseDays }) => purchaseDays },
    { title: "alive", kind: "share", value: ({ probabilityAlive }) => probabilityAlive },
    { title: "lastPurchase", kind: "date", value: ({ lastPurchaseDate }) => dayText(lastPurchaseDate) },
    {
      title: "nextPurchase",
      kind: "date",
      value: ({ purchaseCycle }) => dayText(purchaseCycle?.nextPurchaseDate),
    },
  ],
};

export const FACT_KINDS = { orders, opportunities, cases, answers, invitations, feedback, values };

export type FactName = keyof typeof FACT_KINDS;

/** As a definition of the service names the method that lists what is behind a figure. */
export const FACTS_OF: Readonly<Record<string, FactName>> = {
  ListCaseFacts: "cases",
  ListAnswerFacts: "answers",
  ListInvitationFacts: "invitations",
  ListFeedbackFacts: "feedback",
};
