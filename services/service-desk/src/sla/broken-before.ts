// What was broken before a case came here stays broken and raises no alarm: a file of old cases would raise thousands.
import type { At } from "@guanxi/kit/at";
import type { Instant } from "./instants.ts";
import type { Watched } from "./sla-of.ts";
import { addAllTold, keyOf, toldOfAll } from "./told.ts";

/** Of a case from another system. */
export interface Arrived extends Watched {
  /** When it came here. */
  readonly createTime: Date;
}

/** Written down as if it had been said; what is left may be watched. */
export async function passOver(at: At, cases: readonly Arrived[]): Promise<Watched[]> {
  const late = cases.filter((each) => each.instants.some((instant) => isBefore(each, instant)));
  const told = await toldOfAll(
    at,
    late.map(({ caseId }) => caseId),
  );
  addAllTold(
    at,
    late.flatMap((each) => {
      const past = each.instants.filter((instant) => isBefore(each, instant));
      const byKey = new Map(past.toReversed().map((instant) => [keyOf(instant), instant])); // the first that reached a step
      for (const key of told.get(each.caseId)!) byKey.delete(key);
      return [...byKey.values()].map((instant) => ({ ...instant, caseId: each.caseId }));
    }),
  );
  return cases.map((each) => ({
    caseId: each.caseId,
    instants: each.instants.filter((instant) => !isBefore(each, instant)),
  }));
}

const isBefore = ({ createTime }: Arrived, { reached, time }: Instant) =>
  reached && time <= createTime.getTime();
