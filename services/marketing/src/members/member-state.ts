// The row of a customer in a campaign.
import type {
  CampaignMember_Origin,
  CampaignMember_Status,
} from "@guanxi/contract/guanxi/marketing/v1/campaign_member";
import type { NameOf } from "@guanxi/kit/enum-names";

export type MemberStatus = NameOf<typeof CampaignMember_Status>;

export interface MemberState {
  readonly memberId: string;
  readonly campaignId: string;
  readonly customerId: string;
  readonly origin: NameOf<typeof CampaignMember_Origin>;
  readonly status: MemberStatus;
  readonly suppressedReason: string;
  readonly targetedTime: Date;
  readonly sentTime: Date | null;
  readonly openedTime: Date | null;
  readonly clickedTime: Date | null;
  readonly respondedTime: Date | null;
  readonly convertedTime: Date | null;
  readonly bouncedTime: Date | null;
  readonly unsubscribedTime: Date | null;
  readonly response: string;
  readonly version: number;
}
