export interface CampaignsSearch {
  tab?: "segments";
}

/** What stands in the address of this surface. */
export const campaignsSearch = ({ tab }: Record<string, unknown>): CampaignsSearch =>
  tab === "segments" ? { tab } : {};
