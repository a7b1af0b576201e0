// The row of a customer, and what its rules need to know besides.
import type { ContactPoint } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import type {
  ChurnReason,
  Customer_Kind,
  Customer_State,
  CustomerClass,
  ExternalId,
  Grade,
  GradeSource,
  LifecycleStage,
  Loyalty,
  PartyRole,
  Preferences,
  RelationshipLevel,
  Source_Channel,
  Trait_Provenance,
} from "@guanxi/contract/guanxi/customer/v1/customer";
import type { DateMessage } from "@guanxi/contract/google/type/date";
import type { PostalAddress } from "@guanxi/contract/google/type/postal_address";
import type { NameOf } from "@guanxi/kit/enum-names";
import type { StoredConsent } from "../contact-points/consents.ts";
import type { CustomFacts, CustomValues } from "../field-definitions/custom-values.ts";
import type { FieldDefinitionState } from "../field-definitions/field-definition.ts";

/** The row. Absent is null, so that has() of a condition is true of what is there. */
export interface CustomerState {
  readonly customerId: string;
  readonly kind: NameOf<typeof Customer_Kind>;
  readonly displayName: string;
  readonly legalName: string | null;
  readonly creditCode: string | null;
  readonly contactPoints: readonly ContactPoint[];
  readonly addresses: readonly PostalAddress[];
  readonly regionCode: string | null;
  readonly city: string | null;
  readonly birthDate: DateMessage | null;
  /** The birth date where its year is known. */
  readonly birthDay: string | null;
  readonly industry: string | null;
  readonly partyRoles: readonly NameOf<typeof PartyRole>[];
  readonly core: boolean;
  readonly externalIds: readonly ExternalId[];
  readonly sourceChannel: NameOf<typeof Source_Channel> | null;
  readonly sourceDetail: string;
  readonly sourceCampaign: string | null;
  readonly firstTouchTime: Date;
  readonly preferences: Preferences | null;
  readonly consents: readonly StoredConsent[];
  readonly tags: readonly string[];
  readonly categoryId: string | null;
  readonly ownerId: string | null;
  readonly custom: CustomValues;
  readonly customFacts: CustomFacts;
  readonly completeness: number;
  readonly lifecycleStage: NameOf<typeof LifecycleStage>;
  readonly lifecycleStageSinceTime: Date;
  readonly customerClass: NameOf<typeof CustomerClass>;
  readonly customerClassSinceTime: Date;
  readonly grade: NameOf<typeof Grade> | null;
  readonly gradeSinceTime: Date | null;
  /** Null also beside a grade that is older than this column: a person gave it. */
  readonly gradeSource: NameOf<typeof GradeSource> | null;
  readonly relationshipLevel: NameOf<typeof RelationshipLevel> | null;
  readonly relationshipLevelSinceTime: Date | null;
  readonly mergedIntoCustomerId: string | null;
  readonly absorbedCustomerIds: readonly string[];
  readonly traits: readonly StoredTrait[];
  readonly referrerCustomerId: string | null;
  readonly churnReason: NameOf<typeof ChurnReason> | null;
  readonly churnNote: string;
  /** Null for a customer that is older than this column, until the rules have looked at it. */
  readonly loyalty: NameOf<typeof Loyalty> | null;
  /** Null for an owner who is older than this column. */
  readonly ownerSinceTime: Date | null;
  readonly touches: readonly StoredTouch[];
  readonly state: NameOf<typeof Customer_State>;
  readonly createTime: Date;
  readonly createDate: string;
  readonly updateTime: Date;
  readonly version: number;
}

export interface StoredTrait {
  readonly key: string;
  readonly value: string;
  readonly provenance: NameOf<typeof Trait_Provenance>;
  readonly evidence: string;
  readonly time: string;
  readonly recordedBy: string;
}

export interface StoredTouch {
  readonly channel: NameOf<typeof Source_Channel> | null;
  readonly firstTime: string;
  readonly lastTime: string;
  readonly count: number;
}

/** What a rule needs to know besides the customer. */
export interface Setting {
  readonly now: Date;
  readonly today: string;
  /** Where local phone numbers belong when no address says it. */
  readonly country: string | undefined;
  readonly definitions: readonly FieldDefinitionState[];
}
