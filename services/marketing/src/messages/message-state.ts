// A line of the send ledger.
import type { CampaignMessage_State } from "@guanxi/contract/guanxi/marketing/v1/campaign_message";
import type { NameOf } from "@guanxi/kit/enum-names";

export interface MessageState {
  readonly messageId: string;
  readonly campaignId: string;
  readonly memberId: string;
  readonly step: number;
  readonly customerId: string;
  readonly templateId: string;
  readonly channel: string;
  readonly address: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly unsubscribeUrl: string;
  readonly purpose: string;
  readonly notBeforeTime: Date | null;
  readonly state: NameOf<typeof CampaignMessage_State>;
  readonly reason: string;
  readonly interactionId: string | null;
  readonly requestTime: Date;
  readonly sentTime: Date | null;
  readonly version: number;
}
