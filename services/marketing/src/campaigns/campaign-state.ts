// The row of a campaign.
import type { Campaign_Status } from "@guanxi/contract/guanxi/marketing/v1/campaign";
import type { NameOf } from "@guanxi/kit/enum-names";

export interface CampaignState {
  readonly campaignId: string;
  readonly name: string;
  readonly description: string;
  readonly kind: string;
  readonly planId: string;
  readonly targetId: string;
  readonly audience: StoredAudience;
  readonly steps: readonly StoredStep[];
  readonly startDate: string | null;
  readonly endDate: string | null;
  /** In millionths, as the cost is; both are in the same currency. */
  readonly budget: bigint | null;
  readonly cost: bigint;
  readonly currencyCode: string;
  readonly attributionDays: number;
  readonly ownerId: string | null;
  readonly status: NameOf<typeof Campaign_Status>;
  /** Empty unless paused. */
  readonly pauseReason: string;
  readonly launchTime: Date | null;
  readonly endTime: Date | null;
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

export interface StoredAudience {
  readonly segmentIds: readonly string[];
  readonly excludedSegmentIds: readonly string[];
  readonly excludedCustomerIds: readonly string[];
  readonly condition: string;
}

export interface StoredStep {
  readonly step: number;
  readonly templateId: string;
  readonly waitDays: number;
}
