// The rows of a feedback and of the policy.
import type { ExternalId } from "@guanxi/contract/guanxi/customer/v1/customer";
import type { Feedback_Source, Feedback_State } from "@guanxi/contract/guanxi/interaction/v1/feedback";
import type { NameOf } from "@guanxi/kit/enum-names";
import type { Standing } from "../invitations/invitation-state.ts";

export type FeedbackStatus = NameOf<typeof Feedback_State>;

/** Absent is null, so that has() of a condition is true of what is there. */
export interface FeedbackState {
  readonly feedbackId: string;
  readonly source: NameOf<typeof Feedback_Source>;
  readonly topic: string;
  readonly text: string;
  readonly score: number | null;
  readonly standing: Standing | null;
  readonly customerId: string | null;
  readonly contactId: string | null;
  readonly caseId: string | null;
  readonly productId: string | null;
  readonly interactionId: string | null;
  readonly surveyInvitationId: string | null;
  readonly ownerId: string | null;
  readonly state: FeedbackStatus;
  readonly deadlineTime: Date;
  readonly escalateTime: Date | null;
  readonly responseTime: Date | null;
  readonly resolveTime: Date | null;
  readonly closeTime: Date | null;
  readonly answer: string;
  readonly eventTime: Date;
  readonly eventDate: string;
  readonly externalIds: readonly ExternalId[];
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

export interface PolicyState {
  /** The tenant's id: there is one policy. */
  readonly feedbackPolicyId: string;
  readonly responseDays: number;
  readonly escalateToId: string | null;
  readonly surveyFatigueDays: number;
  readonly updateTime: Date | null;
  readonly version: number;
}
