import {
  ValueCleared,
  ValueDropped,
  ValueScored,
} from "@guanxi/contract/guanxi/analytics/v1/customer_value_events";
import type { At } from "@guanxi/kit/at";
import { record } from "@guanxi/kit/store";
import type { Book } from "./book.ts";
import {
  type CustomerValueState,
  type Drop,
  dropOf,
  higherOf,
  isSameScore,
  peakOf,
} from "./customer-value.ts";
import { customerValues, lockRange } from "./customer-values.ts";
import { scoreOf } from "./score-of.ts";
import type { Scores } from "./score.ts";
import type { ValueRunState } from "./value-run.ts";
import { advance, type Counts } from "./value-runs.ts";

/** What a run has computed, on its way into the table. */
export interface Writing {
  readonly run: ValueRunState;
  readonly outputHash: string;
  readonly modelVersion: string;
  readonly lastDay: number;
  /** Whether a lower value than before has fallen, and is not only measured otherwise. */
  readonly isAlike: boolean;
  readonly ids: readonly string[];
  readonly outsiders: ReadonlySet<string>;
  readonly book: Book;
  readonly scores: Scores;
}

const BATCH = 1_000;
const LAST = "ffffffff-ffff-ffff-ffff-ffffffffffff";

/** The customers behind `from`, as many as go into a transaction. Answers the last of them; null where they were the last. */
export async function writeBatch(at: At, writing: Writing, from: string | null): Promise<string | null> {
  const { run, outputHash, ids } = writing;
  const start = from === null ? 0 : placeBehind(ids, from);
  const last = ids.length - start > BATCH ? ids[start + BATCH - 1]! : null;
  const stored = await lockRange(at, { after: from, until: last, limit: BATCH });
  // Where more have been stored than have bought, they are what fills the batch.
  const until = stored.length < BATCH ? last : stored.at(-1)!.customerId;
  const end = until === null ? ids.length : placeBehind(ids, until);
  const outcomes = outcomesOf(writing, { start, end, stored, now: at.now });
  const step = {
    valueRunId: run.valueRunId,
    outputHash,
    from,
    to: until ?? LAST,
    counts: countsOf(outcomes),
  };
  await advance(at, step);
  tell(at, outcomes);
  return until;
}

/** The place of the first id behind this one. */
function placeBehind(ids: readonly string[], id: string): number {
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ids[middle]! > id) high = middle;
    else low = middle + 1;
  }
  return low;
}

type Outcome =
  | { readonly is: "new" | "scored" | "cleared"; readonly after: CustomerValueState }
  | { readonly is: "dropped"; readonly after: CustomerValueState; readonly drop: Drop }
  | { readonly is: "unchanged" }
  /** Told by this run before it was begun anew, since meanwhile the facts were others. */
  | { readonly is: "told" | "toldCleared" };

interface Part {
  readonly start: number;
  readonly end: number;
  readonly stored: readonly CustomerValueState[];
  readonly now: Date;
}

function outcomesOf(writing: Writing, { start, end, stored, now }: Part): Outcome[] {
  const { run, ids, outsiders } = writing;
  const left = new Map(stored.map((value) => [value.customerId, value]));
  const outcomes: Outcome[] = [];
  for (let place = start; place < end; place++) {
    const customerId = ids[place]!;
    outcomes.push(outcomeOf(writing, place, left.get(customerId), now));
    left.delete(customerId);
  }
  for (const value of left.values()) {
    if (outsiders.has(value.customerId)) continue;
    const { valueRunId } = run;
    if (!value.cleared)
      outcomes.push({ is: "cleared", after: { ...value, valueRunId, cleared: true, updateTime: now } });
    else if (value.valueRunId === valueRunId) outcomes.push({ is: "toldCleared" });
  }
  return outcomes;
}

function outcomeOf(
  writing: Writing,
  place: number,
  before: CustomerValueState | undefined,
  now: Date,
): Outcome {
  const { valueRunId, plan } = writing.run;
  const score = scoreOf(writing, place);
  if (before && isSameScore(before, score))
    return { is: before.valueRunId === valueRunId ? "told" : "unchanged" };
  const peak = heightOf(writing, before);
  const drop = dropOf(peak, score, plan.dropThreshold);
  const customerId = writing.ids[place]!;
  const version = before?.version ?? 0;
  const state = { ...score, customerId, valueRunId, cleared: false, updateTime: now, version };
  if (drop) return { is: "dropped", after: { ...state, peak: peakOf(score) }, drop };
  return { is: before ? "scored" : "new", after: { ...state, peak: higherOf(peak, peakOf(score)) } };
}

const heightOf = ({ isAlike }: Writing, before: CustomerValueState | undefined) =>
  before && !before.cleared && isAlike ? before.peak : null;

function countsOf(outcomes: readonly Outcome[]): Counts {
  const count = (...kinds: Outcome["is"][]) => outcomes.filter(({ is }) => kinds.includes(is)).length;
  return {
    scoredCount: count("new", "scored", "told"),
    droppedCount: count("dropped"),
    clearedCount: count("cleared", "toldCleared"),
    unchangedCount: count("unchanged"),
  };
}

function tell(at: At, outcomes: readonly Outcome[]): void {
  const states = (kind: "new" | "scored" | "cleared") =>
    outcomes.flatMap((outcome) => (outcome.is === kind ? [outcome.after] : []));
  record(at, customerValues, states("new"), ValueScored);
  record(at, customerValues, states("scored"), ValueScored);
  record(at, customerValues, states("cleared"), ValueCleared);
  for (const outcome of outcomes)
    if (outcome.is === "dropped") record(at, customerValues, outcome.after, ValueDropped, outcome.drop);
}
