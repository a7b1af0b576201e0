// The row of a study.
import type {
  Finding,
  MarketStudy_Method,
  MarketStudy_State,
} from "@guanxi/contract/guanxi/marketing/v1/market_study";
import type { NameOf } from "@guanxi/kit/enum-names";

export interface StudyState {
  readonly studyId: string;
  readonly title: string;
  readonly question: string;
  readonly method: NameOf<typeof MarketStudy_Method> | null;
  readonly sampleSize: number;
  readonly sample: string;
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly findings: readonly Finding[];
  /** All findings, to be looked through. */
  readonly finding: string;
  readonly competitorIds: readonly string[];
  readonly ownerId: string | null;
  readonly state: NameOf<typeof MarketStudy_State>;
  readonly closeTime: Date | null;
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}
