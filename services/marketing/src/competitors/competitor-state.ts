// The row of a competitor.
import type { Competitor_State } from "@guanxi/contract/guanxi/marketing/v1/competitor";
import type { NameOf } from "@guanxi/kit/enum-names";

export interface CompetitorState {
  readonly competitorId: string;
  readonly name: string;
  readonly website: string;
  readonly strengths: readonly string[];
  readonly weaknesses: readonly string[];
  readonly products: readonly StoredProduct[];
  readonly note: string;
  readonly state: NameOf<typeof Competitor_State>;
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

/** As it is kept: jsonb has neither days nor whole numbers of any size. */
export interface StoredProduct {
  readonly name: string;
  /** As 12.5; null where it is not known. */
  readonly price: string | null;
  readonly currencyCode: string | null;
  readonly priceDate: string | null;
  readonly productId: string | null;
}
