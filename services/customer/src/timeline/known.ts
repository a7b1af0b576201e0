// What is known of some events beyond what all of them say. A type that is missing here has an entry all the same, without a
// title.
import type { Incoming } from "@guanxi/bus/reaction";
import { CustomerValue } from "@guanxi/contract/guanxi/analytics/v1/customer_value";
import { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import { Conversation } from "@guanxi/contract/guanxi/interaction/v1/conversation";
import { Feedback } from "@guanxi/contract/guanxi/interaction/v1/feedback";
import { Channel, Direction, Interaction } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import { ReturnVisit } from "@guanxi/contract/guanxi/interaction/v1/return_visit";
import { SurveyInvitation } from "@guanxi/contract/guanxi/interaction/v1/survey_invitation";
import { Task } from "@guanxi/contract/guanxi/interaction/v1/task";
import { Visit } from "@guanxi/contract/guanxi/interaction/v1/visit";
import { CampaignMember } from "@guanxi/contract/guanxi/marketing/v1/campaign_member";
import { CampaignMessage } from "@guanxi/contract/guanxi/marketing/v1/campaign_message";
import { Opportunity } from "@guanxi/contract/guanxi/sales/v1/opportunity";
import { Order } from "@guanxi/contract/guanxi/sales/v1/order";
import { Case, Case_Origin } from "@guanxi/contract/guanxi/service_desk/v1/case";
import { CaseAnswered, CaseCustomerReplied } from "@guanxi/contract/guanxi/service_desk/v1/case_events";
import { Need } from "@guanxi/contract/guanxi/service_desk/v1/need";
import type { Money } from "@guanxi/contract/google/type/money";
import type { Codec } from "@guanxi/kit/codec";
import { dayOf } from "@guanxi/kit/days";
import { nameOf } from "@guanxi/kit/enum-names";

/** What a state says of itself. */
export interface Said {
  readonly title?: string;
  readonly number?: string;
  readonly amount?: Money | undefined;
  readonly channel?: string | null;
  readonly direction?: string | null;
  /** When the thing itself began. */
  readonly begun?: Date | undefined;
}

const known = <M>(message: Codec<M>, say: (state: M) => Said) =>
  [message.$type, (bytes: Uint8Array) => say(message.decode(bytes))] as const;

const KNOWN = new Map([
  known(Order, ({ orderNumber, netAmount, orderTime, orderDate, createTime }) => ({
    number: orderNumber,
    amount: netAmount,
    begun: orderTime ?? momentOf(orderDate && dayOf(orderDate), createTime),
  })),
  known(Opportunity, ({ displayName, amount, openDate, createTime }) => ({
    title: displayName,
    amount,
    begun: momentOf(openDate && dayOf(openDate), createTime),
  })),
  known(Case, ({ subject, number, origin, openTime }) => ({
    title: subject,
    number: String(number),
    channel: nameOf(Case_Origin, origin),
    begun: openTime,
  })),
  known(Need, ({ createTime }) => ({ begun: createTime })),
  known(Interaction, ({ subject, channel, direction, eventTime }) => ({
    title: subject,
    channel: nameOf(Channel, channel),
    direction: nameOf(Direction, direction),
    begun: eventTime,
  })),
  known(Conversation, ({ channel }) => ({ channel: nameOf(Channel, channel) })),
  known(Feedback, ({ topic, eventTime }) => ({ title: topic, begun: eventTime })),
  known(ReturnVisit, ({ eventTime }) => ({ begun: eventTime })),
  known(Task, ({ title }) => ({ title })),
  known(Visit, ({ purpose }) => ({ title: purpose, channel: "VISIT" })),
  known(SurveyInvitation, ({ surveyName }) => ({ title: surveyName })),
  known(CustomerValue, ({ clv }) => ({ amount: clv })),
  known(Customer, ({ source }) => ({ begun: source?.firstTouchTime })),
  known(CampaignMember, () => ({})),
  known(CampaignMessage, ({ subject, channel }) => ({ title: subject, channel, direction: "OUTBOUND" })),
]);

export const saidOf = ({ meta, envelope }: Incoming): Said =>
  (envelope.state.length > 0 && KNOWN.get(meta.aggregateType)?.(envelope.state)) || {};

const DAY_MS = 86_400_000;

/** Of what has a day and no moment: that at which it was written down, where that is near; else noon, which is that day in most zones. */
function momentOf(day: string | undefined, createTime: Date | undefined): Date | undefined {
  if (!day) return createTime;
  const noon = new Date(`${day}T12:00:00Z`);
  const near = createTime && Math.abs(createTime.getTime() - noon.getTime()) <= DAY_MS;
  return near ? createTime : noon;
}

const HAPPENED = new Map([
  ["CaseAnswered", (bytes: Uint8Array) => CaseAnswered.decode(bytes).saidTime],
  ["CaseCustomerReplied", (bytes: Uint8Array) => CaseCustomerReplied.decode(bytes).saidTime],
]);

/** Where the event itself says when it happened. */
export const happenedTime = ({ payload }: Incoming, name: string): Date | undefined =>
  HAPPENED.get(name)?.(payload);

/** Bookkeeping: particulars, nightly figures, and what another event beside it says better. */
export const MINOR: ReadonlySet<string> = new Set([
  "CampaignMessageChanged",
  "CampaignMessageRequested",
  "CampaignMessageSent",
  "CaseChanged",
  "CaseSlaChanged",
  "ConversationChanged",
  "ConversationContinued",
  "ConversationLinked",
  "ConversationRemoved",
  "ConversationStarted",
  "CustomerChanged",
  "CustomerTouched",
  "FeedbackChanged",
  "InteractionChanged",
  "MemberChanged",
  "MemberTargeted",
  "MessageClaimed",
  "NeedChanged",
  "OpportunityChanged",
  "OrderChanged",
  "TaskChanged",
  "TaskReminded",
  "ValueScored",
  "VisitChanged",
  "WinBackChanged",
]);

/** What a person must be allowed to read, where that is called otherwise than the thing itself. */
const RESOURCES = new Map([
  ["campaign_member", "campaign"],
  ["campaign_message", "campaign"],
  ["duplicate_pair", "customer"],
  ["lead_intake", "lead"],
  ["playbook_run", "playbook"],
  ["segment_membership", "segment"],
]);

/** guanxi.marketing.v1.CampaignMember is a campaign_member. */
export const thingOf = (aggregateType: string): string => snake(aggregateType.split(".").at(-1)!);

export function resourceOf(aggregateType: string): string {
  const thing = thingOf(aggregateType);
  return RESOURCES.get(thing) ?? thing;
}

export const snake = (name: string): string => name.replace(/(?<=[a-z0-9])[A-Z]/g, "_$&").toLowerCase();
