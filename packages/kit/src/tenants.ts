import { dayIn } from "./days.ts";
import type { Db } from "./db.ts";
import { flush, giveBack } from "./flush.ts";
import { refuse } from "./refuse.ts";
import { begin, COMMIT } from "./session.ts";

/** What holds for all people of a tenant. */
export interface TenantSettings {
  readonly timeZone: string;
  readonly currencyCode: string;
  /** The business day of a moment. */
  dayOf(time: Date): string;
}

const FRESH_MS = 2_000; // who has just changed the currency means it

/** From the projection of identity's events, remembered for moments: nearly every request asks. */
export function tenantSettings(db: Db): (tenantId: string) => Promise<TenantSettings> {
  const known = new Map<string, { readonly until: number; readonly settings: Promise<TenantSettings> }>();
  return (tenantId) => {
    const remembered = known.get(tenantId);
    if (remembered && performance.now() < remembered.until) return remembered.settings;
    const settings = load(db, tenantId);
    known.set(tenantId, { until: performance.now() + FRESH_MS, settings });
    settings.catch(() => known.delete(tenantId));
    return settings;
  };
}

async function load(db: Db, tenantId: string): Promise<TenantSettings> {
  const client = await db.pool.connect();
  try {
    const question = { text: `select time_zone, currency_code from tenant_settings` };
    const results = await flush(client, [begin(tenantId, "read only"), question, COMMIT]);
    const [row] = results[1]!.rows as { time_zone: string; currency_code: string }[];
    if (!row)
      throw refuse("unavailable", "UNKNOWN_TENANT", "This service does not know the company yet: try again.");
    return {
      timeZone: row.time_zone,
      currencyCode: row.currency_code,
      dayOf: oncePerSecond(dayIn(row.time_zone)),
    };
  } finally {
    giveBack(client);
  }
}

/** Formatting a date takes longer than much of a request, and most ask for the day of this very second. */
function oncePerSecond(dayOf: (time: Date) => string): (time: Date) => string {
  let known = { second: Number.NaN, day: "" };
  return (time) => {
    const second = Math.floor(time.getTime() / 1000);
    if (second !== known.second) known = { second, day: dayOf(time) };
    return known.day;
  };
}
