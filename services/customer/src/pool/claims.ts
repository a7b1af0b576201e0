// What keeps somebody from claiming a customer: too many already, too many today, or having lost this one just now.
import { refuse } from "@guanxi/kit/refuse";
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";
import { startOfDay } from "../dates.ts";
import type { PoolPolicyState, PoolRules } from "./pool-policy.ts";
import { daysAfter } from "./recycling.ts";

/** Claims of one person are counted one after the other: two at once would both find the last place free. */
export async function holdClaims(at: At, userId: string): Promise<void> {
  at.claim(`claims of ${userId}`);
  await named(at, {
    name: "claims hold",
    text: "select pg_advisory_xact_lock(hashtextextended('claims ' || tenant()::text || $1, 0))",
    values: [userId],
  });
}

export interface Standing {
  readonly owned: number;
  readonly claimedToday: number;
  /** When this one went from the person to the pool the last time. */
  readonly lostTime: Date | null;
}

/** An owner that a customer was created with, or was given by somebody else, has not claimed it. */
export async function standingOf(at: At, userId: string, customerId: string): Promise<Standing> {
  const [standing] = await named<Standing>(at, {
    name: "claims standing",
    text: `
select
  (select count(*)::int from customer_values v join customers c on c.customer_id = v.customer_id
    where v.kind = 'owner_id' and v.text_value = $1 and c.state = 'ACTIVE') as owned,
  (select count(*)::int from customer_history h
    where h.field = 'owner_id' and h.new_value collate "C" = $1 and h.time >= $3::timestamptz
      and h.old_value = '' and h.actor_id = $1 and h.version > 1) as "claimedToday",
  (select max(h.time) from customer_history h
    where h.customer_id = $2 and h.field = 'owner_id' and h.old_value = $1 and h.new_value = '') as "lostTime"`,
    values: [userId, customerId, startOfDay(at.today, at.timeZone).toISOString()],
  });
  return standing!;
}

export const isLimited = ({ maxOwnedCustomers, maxClaimsPerDay, coolDownDays }: PoolRules): boolean =>
  maxOwnedCustomers + maxClaimsPerDay + coolDownDays > 0;

/** What is left of a limit; -1 where there is none. */
export const left = (limit: number, used: number): number => (limit === 0 ? -1 : Math.max(0, limit - used));

export function coolDownUntil({ coolDownDays }: PoolRules, { lostTime }: Standing, now: Date) {
  const until = lostTime && coolDownDays > 0 ? daysAfter(lostTime, coolDownDays) : undefined;
  return until && until > now ? until : undefined;
}

export function requireClaim(policy: PoolPolicyState, standing: Standing, now: Date): void {
  const { maxOwnedCustomers, maxClaimsPerDay } = policy;
  if (left(maxOwnedCustomers, standing.owned) === 0)
    throw quotaReached(`You look after ${standing.owned} customers: give one back before you claim another.`);
  if (left(maxClaimsPerDay, standing.claimedToday) === 0)
    throw quotaReached(`You have claimed ${standing.claimedToday} customers today: claim more tomorrow.`);
  const until = coolDownUntil(policy, standing, now);
  if (until)
    throw refuse(
      "precondition",
      "COOLING_DOWN",
      `You have just lost this customer: claim it from ${until.toISOString()} on.`,
    );
}

const quotaReached = (message: string) => refuse("precondition", "POOL_QUOTA_REACHED", message);
