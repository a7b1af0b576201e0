// What has been said of the promises of a case. Each thing is said once, whatever becomes of the promise afterwards.
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";
import type { Instant } from "./instants.ts";

type Saying = Pick<Instant, "what" | "beginTime">;

export const keyOf = ({ what, beginTime }: Saying) => `${what} ${beginTime}`;

/** To be asked when the case is locked: whoever held it before has told. */
export const toldOf = async (at: At, caseId: string): Promise<Set<string>> =>
  (await toldOfAll(at, [caseId])).get(caseId)!;

/** Of each case. */
export async function toldOfAll(at: At, caseIds: readonly string[]): Promise<Map<string, Set<string>>> {
  const rows = await named<{ caseId: string; what: string; beginTime: Date }>(at, {
    name: "case sla told of",
    text: `select case_id as "caseId", what, begin_time as "beginTime" from case_sla_told
      where case_id = any($1::uuid[])`,
    values: [caseIds],
  });
  const told = new Map(caseIds.map((id) => [id, new Set<string>()]));
  for (const { caseId, what, beginTime } of rows)
    told.get(caseId)!.add(keyOf({ what, beginTime: beginTime.getTime() }));
  return told;
}

export const addTold = (at: At, caseId: string, instant: Instant): void =>
  addAllTold(at, [{ ...instant, caseId }]);

/** An instant of a case, and whose it is. */
export type CaseInstant = Instant & { readonly caseId: string };

/** Of many cases at once. */
export function addAllTold(at: At, instants: readonly CaseInstant[]): void {
  if (instants.length === 0) return;
  at.tell({
    name: "case sla told insert",
    text: `insert into case_sla_told (case_id, what, begin_time, time)
      select * from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[])`,
    values: [
      instants.map(({ caseId }) => caseId),
      instants.map(({ what }) => what),
      instants.map(({ beginTime }) => new Date(beginTime).toISOString()),
      instants.map(({ time }) => new Date(time).toISOString()),
    ],
    rows: true,
  });
}

/** What has been said of a case is not said again of the one that it goes on in, nor of a part of it. */
export function copyTold(at: At, fromCaseIds: readonly string[], toCaseId: string): void {
  at.tell({
    name: "case sla told copy",
    text: `insert into case_sla_told (case_id, what, begin_time, time)
      select $2::uuid, what, begin_time, min(time) from case_sla_told where case_id = any($1::uuid[])
      group by what, begin_time
      on conflict do nothing`,
    values: [fromCaseIds, toCaseId],
  });
}
