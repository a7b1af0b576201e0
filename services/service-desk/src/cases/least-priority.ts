// How pressing a customer's requests are at least, by the segment that it is in (R024).
import { segmentPolicyOf } from "@guanxi/directory/segment-policies";
import type { At } from "@guanxi/kit/at";
import type { CasePriority } from "./case-state.ts";

const RISING: readonly CasePriority[] = ["LOW", "NORMAL", "HIGH", "URGENT"];

export async function leastPriorityOf(at: At, customerId: string | null): Promise<CasePriority | undefined> {
  if (!customerId) return undefined;
  const policy = await segmentPolicyOf(at, customerId);
  return RISING.find((each) => each === policy?.servicePriority);
}

export const atLeast = (asked: CasePriority, least: CasePriority | undefined): CasePriority =>
  least && RISING.indexOf(least) > RISING.indexOf(asked) ? least : asked;
