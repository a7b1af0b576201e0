// A visit that nobody came to is flagged, once for each planned end.
import type { Job } from "@guanxi/bus/app";
import { enqueue } from "@guanxi/bus/enqueue";
import { VisitMissed } from "@guanxi/contract/guanxi/interaction/v1/visit_events";
import type { At } from "@guanxi/kit/at";
import type { Codec } from "@guanxi/kit/codec";
import { find, lock, record } from "@guanxi/kit/store";
import { missTime, missVisit } from "./visit.ts";
import type { VisitState } from "./visit-state.ts";
import { visits } from "./visits.ts";

/** The job of a visit; its subject is the visit's id. */
const VISIT_CLOCK = "visit clock";

/** Recorded, and its end watched. */
export function keepVisit(at: At, visit: VisitState, type: Codec<unknown>, facts: object = {}): VisitState {
  const kept = record(at, visits, visit, type, facts);
  const time = missTime(kept);
  if (time) enqueue(at, VISIT_CLOCK, kept.visitId, time);
  return kept;
}

export const visitClockJob: Job = {
  name: VISIT_CLOCK,
  async run({ tenantId, subjectId }, { settingsOf, act }) {
    const { timeZone, currencyCode } = await settingsOf(tenantId);
    const as = { tenantId, timeZone, currencyCode, actor: "interaction/visit-clock" };
    const again = await act(as, (at) => flagWhatIsMissed(at, subjectId));
    return again ? { again } : undefined;
  },
};

/** The row decides, not the job. When to look again. */
async function flagWhatIsMissed(at: At, visitId: string): Promise<Date | undefined> {
  const [found] = await find(at, visits, [visitId]);
  if (!found) return undefined;
  const visit = await lock(at, visits, visitId);
  const time = missTime(visit);
  if (!time || time > at.now) return time;
  record(at, visits, missVisit(visit, at.now), VisitMissed);
  return undefined;
}
