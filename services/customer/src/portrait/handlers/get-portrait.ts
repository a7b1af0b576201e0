import type { GetPortraitRequest, Portrait } from "@guanxi/contract/guanxi/customer/v1/portrait_service";
import { query } from "@guanxi/kit/handler";
import { refuse } from "@guanxi/kit/refuse";
import { presentPortrait } from "../present.ts";
import { readPortrait } from "../read-portrait.ts";

export const getPortrait = query<GetPortraitRequest, Portrait>(async ({ customerId }, at) => {
  const row = await readPortrait(at, customerId);
  if (!row) throw refuse("notFound", "NOT_FOUND", `There is no ${customerId} here.`);
  return presentPortrait(row, at);
});
