// Whether all that was recorded was told as events must be: each once, and of each record every version.
import type { Pool } from "pg";

interface Telling {
  readonly events: number;
  /** Told under one id more than once. */
  readonly twice: number;
  /** Records of which a version is missing, or was told of by two events. */
  readonly gaps: number;
}

const TOLD = `
with told as (
  select event_id, tenant_id, aggregate_id, version from outbox
  union all select event_id, tenant_id, aggregate_id, version from event_log
), records as (
  select min(version) as first, max(version) as last, count(*) as events, count(distinct version) as versions
  from told group by tenant_id, aggregate_id
)
select (select count(*)::int from told) as events,
  (select count(*) - count(distinct event_id) from told)::int as twice,
  (select count(*)::int from records where first <> 1 or last <> events or versions <> events) as gaps`;

export async function saidOnce(admin: Pool): Promise<Telling> {
  const { rows } = await admin.query<Telling>(TOLD);
  return rows[0]!;
}
