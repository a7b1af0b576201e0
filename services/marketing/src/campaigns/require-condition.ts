import type { FileCall } from "@guanxi/kit/handler";
import { audiencesOf, refused } from "./audience.ts";
import { grantedTo } from "./granted.ts";

/**
 * Whoever may not read something of customers finds it out by nothing: neither by how many fulfil a condition, nor by who becomes a
 * member on account of it. Its segments are examined with the campaign.
 */
export async function requireCondition(settings: object, call: FileCall, condition: string): Promise<void> {
  if (condition === "") return;
  const audience = { segmentIds: [], excludedSegmentIds: [], excludedCustomerIds: [], condition };
  const asked = { tenantId: call.tenantId, audience, granted: await grantedTo(call) };
  try {
    await audiencesOf(settings).check(asked, { signal: call.signal });
  } catch (error) {
    throw refused(error);
  }
}
