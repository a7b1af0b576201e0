// Shares with what they are shares of: a rate without its denominator misleads.
import type { MemberRate } from "@guanxi/contract/guanxi/marketing/v1/attribution_service";

export const rateOf = (count: number, of: number): MemberRate => ({
  count: BigInt(count),
  of: BigInt(of),
  rate: of === 0 ? undefined : count / of,
});

/** (margin − cost) / cost; undefined where nothing was spent. */
export const roiOf = (margin: bigint, cost: bigint): number | undefined =>
  cost === 0n ? undefined : Number(margin - cost) / Number(cost);
