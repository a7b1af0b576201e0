// The row of a lead.
import type { ExternalId, Source_Channel } from "@guanxi/contract/guanxi/customer/v1/customer";
import type {
  Conversion_State,
  Lead_DisqualifyReason,
  Lead_Status,
} from "@guanxi/contract/guanxi/sales/v1/lead";
import type { NameOf } from "@guanxi/kit/enum-names";

export type LeadStatus = NameOf<typeof Lead_Status>;

/** Absent is null, so that has() of a condition is true of what is there. */
export interface LeadState {
  readonly leadId: string;
  readonly personName: string | null;
  /** Empty where there is none, since lists are sorted by it. */
  readonly organisationName: string;
  readonly jobTitle: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly regionCode: string | null;
  readonly city: string | null;
  readonly sourceChannel: NameOf<typeof Source_Channel> | null;
  readonly sourceDetail: string;
  readonly sourceCampaign: string | null;
  readonly firstTouchTime: Date;
  readonly interest: string;
  readonly status: LeadStatus;
  readonly statusSinceTime: Date;
  readonly ownerId: string | null;
  readonly qualification: StoredQualification;
  readonly disqualifyReason: NameOf<typeof Lead_DisqualifyReason> | null;
  readonly disqualifyNote: string;
  readonly conversion: StoredConversion | null;
  readonly externalIds: readonly ExternalId[];
  readonly createDate: string;
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

/** An amount as jsonb can hold it. */
export interface StoredAmount {
  readonly micros: string;
  readonly currencyCode: string;
}

export interface StoredQualification {
  readonly budget: StoredAmount | null;
  readonly authority: string;
  readonly need: string;
  readonly timing: string | null;
}

export interface StoredConversion {
  readonly conversionId: string;
  readonly state: NameOf<typeof Conversion_State>;
  readonly customerId: string;
  readonly existingCustomer: boolean;
  readonly contactId: string;
  readonly opportunityId: string;
  readonly opportunityName: string;
  readonly amount: StoredAmount | null;
  readonly expectedCloseDate: string | null;
  readonly pipelineId: string;
  readonly refusal: string;
  /** Conversions of earlier releases wanted the customer that they chose. */
  readonly recognise?: boolean;
  /** ISO, since jsonb knows no time. */
  readonly time: string;
}
