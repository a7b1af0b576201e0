// One command for each of many, a few at a time; each has its own outcome.
import type { Customer } from "@guanxi/client/gen/guanxi";
import { problemOf } from "../../api/api.ts";
import type { Row } from "../list/rows.ts";

export type Outcome = "done" | "unchanged" | "refused" | "left";

export interface Result {
  /** As it was before. */
  row: Row;
  outcome: Outcome;
  reason?: string;
  traceId?: string;
  /** What the service answered. */
  after?: Customer;
}

/** Does it to one customer; `key` is the same for a repetition, so that it is done once. */
export type Work = (row: Row, key: { "Idempotency-Key": string }) => Promise<Customer>;

interface Options {
  /** So many at a time: a browser has six connections to a host. */
  width?: number;
  signal?: AbortSignal;
  onResult?: (result: Result) => void;
}

/** Once for each row, in their order; after the signal no further one is begun. */
export async function runEach(rows: readonly Row[], work: Work, options: Options = {}): Promise<Result[]> {
  const { width = 5, signal, onResult } = options;
  const results: Result[] = rows.map((row) => ({ row, outcome: "left" }));
  const queue = rows.entries();
  const lane = async () => {
    for (const [index, row] of queue) {
      if (signal?.aborted) return;
      results[index] = await attempt(row, work);
      onResult?.(results[index]);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, rows.length) }, lane));
  return results;
}

async function attempt(row: Row, work: Work): Promise<Result> {
  const key = { "Idempotency-Key": crypto.randomUUID() };
  try {
    const after = await work(row, key).catch((error: unknown) =>
      isLost(error) ? work(row, key) : Promise.reject(error),
    );
    return { row, after, outcome: after.etag === row.etag ? "unchanged" : "done" };
  } catch (error) {
    const { detail, title, violations, traceId } = problemOf(error);
    const reason = [detail || title, ...(violations ?? []).map(({ description }) => description)].join(" ");
    return { row, outcome: "refused", reason, traceId };
  }
}

/** An answer that never came: asking again with the same key does it once. */
const isLost = (error: unknown) => [0, 502, 503, 504].includes(problemOf(error).status);
