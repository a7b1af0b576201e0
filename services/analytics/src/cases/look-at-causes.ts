import type { Job } from "@guanxi/bus/app";
import { ComplaintCauseRose } from "@guanxi/contract/guanxi/analytics/v1/complaint_cause_watch_events";
import type { At } from "@guanxi/kit/at";
import { lockFound, record } from "@guanxi/kit/store";
import { CAUSE_LOOK } from "./cause-look.ts";
import { type CauseWatch, causeWatches, watchIdOf } from "./cause-watch.ts";
import { type CauseBy, mondayOf, risesIn } from "./complaint-causes.ts";

/** Due whenever complaints have changed: only they make a count grow. It may run as often as it likes. */
export const causeLookJob: Job = {
  name: CAUSE_LOOK,
  async run({ tenantId }, { settingsOf, act }) {
    const { timeZone, currencyCode } = await settingsOf(tenantId);
    await act({ tenantId, timeZone, currencyCode, actor: "analytics/complaint-causes" }, async (at) => {
      for (const by of ["ROOT_CAUSE", "TOPIC"] as const) await tellRises(at, by);
    });
  },
};

async function tellRises(at: At, by: CauseBy): Promise<void> {
  const rises = await risesSeen(at, by);
  const known = await lockFound(
    at,
    causeWatches,
    rises.map(({ complaintCauseWatchId }) => complaintCauseWatchId),
  );
  const watches = new Map(known.map((watch) => [watch.complaintCauseWatchId, watch]));
  const news = rises.flatMap((rise) => {
    const before = watches.get(rise.complaintCauseWatchId);
    if (before && before.weekStartDate >= rise.weekStartDate) return [];
    return { ...rise, version: before?.version ?? 0 };
  });
  const { fresh = [], again = [] } = Object.groupBy(news, ({ version }) =>
    version === 0 ? "fresh" : "again",
  );
  record(at, causeWatches, fresh, ComplaintCauseRose);
  record(at, causeWatches, again, ComplaintCauseRose);
}

/** This week, or the one before: complaints of its last days may be told of late. */
async function risesSeen(at: At, by: CauseBy): Promise<CauseWatch[]> {
  const weeks = [mondayOf(at.today, -1), mondayOf(at.today)];
  const rises = new Map<string, CauseWatch>();
  for (const week of weeks)
    for (const [cause, { rising, ...rise }] of await risesIn(at, by, week)) {
      const complaintCauseWatchId = watchIdOf(at.tenantId, by, cause);
      const watch = { complaintCauseWatchId, by, cause, weekStartDate: week, updateTime: at.now, version: 0 };
      if (rising) rises.set(cause, { ...watch, ...rise });
    }
  return [...rises.values()];
}
