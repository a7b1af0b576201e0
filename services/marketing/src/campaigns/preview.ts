// What an audience would be if the campaign began now.
import type { AudiencePreview, AudienceSample } from "@guanxi/contract/guanxi/marketing/v1/campaign_service";
import type { At } from "@guanxi/kit/at";
import type { FileCall } from "@guanxi/kit/handler";
import { policyOf } from "../policies/policies.ts";
import { decide, type Rules } from "../sending/decide.ts";
import { knownOf } from "../sending/situations.ts";
import { type Audiences, refused } from "./audience.ts";
import { hasAudience } from "./campaign.ts";
import type { StoredAudience } from "./campaign-state.ts";
import { grantedTo } from "./granted.ts";

const MOST_EXAMINED = 10_000;
const BATCH = 500;
const STREAM_MS = 10_000;
const SAMPLE = 20;
/** Only mails go out for now, whatever the template will say. */
const CHANNELS = ["EMAIL"];

/** What the customer service says of an audience. */
export interface Found {
  readonly count: number;
  /** The first of them. */
  readonly customerIds: readonly string[];
}

export async function findAudience(
  audiences: Audiences,
  audience: StoredAudience,
  call: FileCall,
): Promise<Found> {
  if (!hasAudience(audience)) return { count: 0, customerIds: [] };
  const { tenantId, signal } = call;
  const asked = { tenantId, audience, granted: await grantedTo(call) };
  try {
    const { customerCount: count } = await audiences.count(asked, { signal });
    return { count, customerIds: await firstOf(audiences.stream(asked, { signal, longestMs: STREAM_MS })) };
  } catch (error) {
    throw refused(error);
  }
}

async function firstOf(stream: ReturnType<Audiences["stream"]>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { customer } of stream) {
    ids.push(customer!.customerId);
    if (ids.length === MOST_EXAMINED) break;
  }
  return ids;
}

export async function preview(at: At, { count, customerIds }: Found): Promise<AudiencePreview> {
  const rules: Rules = { ...(await policyOf(at)), timeZone: at.timeZone, now: at.now };
  return { count, ...tally(await examine(at, rules, customerIds)) };
}

async function examine(at: At, rules: Rules, customerIds: readonly string[]): Promise<AudienceSample[]> {
  const examined: AudienceSample[] = [];
  for (let from = 0; from < customerIds.length; from += BATCH) {
    const some = customerIds.slice(from, from + BATCH);
    const known = await knownOf(at, some, rules.capDays);
    for (const customerId of some) {
      const it = known.get(customerId);
      const decision = it ? decide(it.situation(CHANNELS), rules) : { reason: "UNKNOWN_CUSTOMER" };
      const suppressedReason = "reason" in decision ? decision.reason : "";
      examined.push({ customerId, displayName: it?.customer.displayName ?? "", suppressedReason });
    }
  }
  return examined;
}

function tally(examined: readonly AudienceSample[]) {
  const groups = Map.groupBy(examined, ({ suppressedReason }) => suppressedReason);
  const reachable = groups.get("")?.length ?? 0;
  groups.delete("");
  const suppressed = [...groups].map(([reason, all]) => ({ reason, count: all.length }));
  return {
    examined: examined.length,
    reachable,
    suppressed: suppressed.toSorted((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1)),
    sample: examined.slice(0, SAMPLE),
  };
}
