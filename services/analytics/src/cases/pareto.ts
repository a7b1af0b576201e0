// Causes with the most frequent first, and how much of all they and those before them make up.
import { mondays, type WeekCount } from "./complaint-causes.ts";

interface Cause {
  readonly cause: string;
  readonly count: number;
  readonly share: number;
  readonly cumulativeShare: number;
  /** All from the first with a complaint to the last asked for. */
  readonly weeks: readonly { readonly week: string; readonly count: number }[];
}

export function pareto(counts: readonly WeekCount[], lastDay: string): { causes: Cause[]; total: number } {
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const first = counts.reduce((a, { week }) => (week < a ? week : a), lastDay);
  const weeks = counts.length === 0 ? [] : mondays(first, lastDay);
  const sums = [...Map.groupBy(counts, ({ cause }) => cause)].map(([cause, all]) => ({
    cause,
    count: all.reduce((sum, { count }) => sum + count, 0),
    countOf: new Map(all.map(({ week, count }) => [week, count])),
  }));
  sums.sort((a, b) => b.count - a.count || (a.cause < b.cause ? -1 : 1));
  let before = 0;
  const causes = sums.map(({ cause, count, countOf }) => {
    before += count;
    return {
      cause,
      count,
      share: count / total,
      cumulativeShare: before / total,
      weeks: weeks.map((week) => ({ week, count: countOf.get(week) ?? 0 })),
    };
  });
  return { causes, total };
}
