// Analytics hears of a change by its event, a moment after the answer. Until then its figures are asked for again.
import { getOpportunity, type Opportunity } from "@guanxi/client/gen/guanxi";
import { queries } from "../api/api.ts";

const AGAIN_MS = 1_000;
/** Whoever has not heard of it by then will not soon: what is shown says as of when it is. */
const PATIENCE_MS = 15_000;

let changedAt = "";
let saidAt = 0;

/** Everything that shows opportunities asks again. */
export async function changed({ opportunityId, updateTime = "" }: Opportunity): Promise<void> {
  if (updateTime > changedAt) changedAt = updateTime;
  saidAt = Date.now();
  await Promise.all([
    queries.invalidateQueries({ queryKey: ["opportunities"] }),
    queries.invalidateQueries({ queryKey: ["opportunity", opportunityId] }),
  ]);
}

/** As somebody else has made it meanwhile. */
export async function readAgain(opportunityId: string): Promise<Opportunity> {
  const theirs = await getOpportunity(opportunityId);
  await changed(theirs);
  return theirs;
}

/** For refetchInterval: how long to wait until figures of that time are asked for again. */
export const untilHeard = (asOfTime: string | undefined): number | false =>
  asOfTime !== undefined && asOfTime < changedAt && Date.now() - saidAt < PATIENCE_MS && AGAIN_MS;
