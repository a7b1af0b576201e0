// The row of an interaction.
import type { ExternalId } from "@guanxi/contract/guanxi/customer/v1/customer";
import type {
  Channel,
  Delivery_State,
  Direction,
  EmailDetail,
  Interaction_Outcome,
  PhoneDetail,
  SocialDetail,
} from "@guanxi/contract/guanxi/interaction/v1/interaction";
import type { NameOf } from "@guanxi/kit/enum-names";

export type ChannelName = NameOf<typeof Channel>;
type DirectionName = NameOf<typeof Direction>;
type DeliveryStateName = NameOf<typeof Delivery_State>;

/** Absent is null, so that has() of a condition is true of what is there. */
export interface InteractionState {
  readonly interactionId: string;
  readonly channel: ChannelName;
  readonly direction: DirectionName;
  readonly customerId: string | null;
  readonly contactId: string | null;
  readonly conversationId: string | null;
  readonly position: number | null;
  readonly userId: string | null;
  readonly automatic: boolean;
  readonly partyAddress: string;
  readonly partyName: string;
  readonly subject: string;
  readonly body: string;
  readonly eventTime: Date;
  readonly eventDate: string;
  readonly durationSeconds: number;
  readonly detail: StoredDetail | null;
  readonly outcome: NameOf<typeof Interaction_Outcome> | null;
  readonly outcomeNote: string;
  readonly learned: StoredLearned | null;
  readonly learnedKind: "FACTS" | "NOTHING_NEW" | null;
  readonly inReplyToInteractionId: string | null;
  readonly replyDueTime: Date | null;
  readonly replyTime: Date | null;
  readonly replyInteractionId: string | null;
  readonly responseSeconds: number | null;
  readonly replyOverdue: boolean;
  readonly delivery: StoredDelivery | null;
  readonly deliveryState: DeliveryStateName | null;
  /** Of a message that a machine planned: the same cause twice is one message. */
  readonly causeKey: string | null;
  readonly campaignMessageId: string | null;
  readonly campaignId: string | null;
  readonly caseId: string | null;
  readonly opportunityId: string | null;
  readonly orderId: string | null;
  readonly topic: string | null;
  readonly caseWish: { readonly queueId: string } | null;
  readonly externalIds: readonly ExternalId[];
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

/** As the contract has it, which is as jsonb can hold it: there is neither a time nor a large number in it. */
export type StoredDetail =
  | { readonly $case: "email"; readonly value: EmailDetail }
  | { readonly $case: "phone"; readonly value: PhoneDetail }
  | { readonly $case: "social"; readonly value: SocialDetail };

interface StoredLearned {
  readonly facts: readonly string[];
  readonly nothingNew: boolean;
}

/** Times are ISO, since jsonb knows none. Its state has a column of its own. */
interface StoredDelivery {
  readonly stateTime: string;
  readonly detail: string;
  readonly attempts: number;
  readonly purpose: string;
  readonly plannedChannel: ChannelName | null;
  readonly rerouteReason: string;
  readonly notBeforeTime: string | null;
  readonly attachmentIds: readonly string[];
  /** Of messages of campaigns alone. */
  readonly reason?: string;
}
