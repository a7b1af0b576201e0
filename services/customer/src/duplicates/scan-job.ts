import { setTimeout as pause } from "node:timers/promises";
import type { DueJob, Job, JobContext } from "@guanxi/bus/app";
import type { At } from "@guanxi/kit/at";
import { isPassing } from "@guanxi/kit/passing";
import { copy, find } from "@guanxi/kit/store";
import { comparedOf } from "./compared.ts";
import { dropUnseen } from "./duplicate-pairs.ts";
import { type DuplicateScanState, endScan, type ScanFigures } from "./duplicate-scan.ts";
import { duplicateScans, lockRunning } from "./duplicate-scans.ts";
import { keepPairs, type KeptCounts } from "./keep-pairs.ts";
import { readCustomers } from "./read-customers.ts";
import { scanAside } from "./scan-aside.ts";
import type { ScanCounts } from "./scan-book.ts";

/** The job of a scan; its subject is the scan's id. */
export const DUPLICATE_SCAN = "duplicate_scan";

const CANCELLED = new Error("the scan is cancelled");

/** Stopped, it begins anew with the book of then; the pairs that it had written are found again under the same ids. */
export const duplicateScanJob: Job = {
  name: DUPLICATE_SCAN,
  async run(due, context) {
    const act = await actingFor(due, context);
    if (await isOver(act, due.subjectId)) return;
    const cancelled = new AbortController();
    const signal = AbortSignal.any([due.signal, cancelled.signal]);
    const over = new AbortController();
    const watched = watch({ act, scanId: due.subjectId, cancelled, over: over.signal });
    try {
      await scan(due, context, act, signal);
    } catch (error) {
      if (error === CANCELLED || cancelled.signal.aborted) return;
      if (due.signal.aborted || isPassing(error)) throw error;
      context.log.error({ err: error, duplicateScanId: due.subjectId }, "a duplicate scan has failed");
      await act((at) => end(at, due.subjectId, { state: "FAILED", error: wordsOf(error) }));
    } finally {
      over.abort();
      await watched;
    }
  },
};

type Act = <T>(work: (at: At) => Promise<T>) => Promise<T>;

/** In the name of the service, for whoever asked for the scan. */
async function actingFor({ tenantId, subjectId }: DueJob, { settingsOf, act }: JobContext): Promise<Act> {
  const { timeZone, currencyCode } = await settingsOf(tenantId);
  const as = { tenantId, timeZone, currencyCode, actor: "customer/duplicate-scan" };
  const [scan] = await act(as, (at) => find(at, duplicateScans, [subjectId]));
  const initiator = scan?.initiator ?? undefined;
  const cause = { correlationId: subjectId, causationId: subjectId, ...(initiator && { initiator }) };
  return (work) => act({ ...as, cause }, work);
}

const isOver = (act: Act, scanId: string) =>
  act(async (at) => (await find(at, duplicateScans, [scanId]))[0]?.state !== "RUNNING");

const LOOK_MS = 500;

interface Watch {
  readonly act: Act;
  readonly scanId: string;
  readonly cancelled: AbortController;
  readonly over: AbortSignal;
}

/** The comparing itself asks nobody, so somebody must look whether it is still wanted. */
async function watch({ act, scanId, cancelled, over }: Watch): Promise<void> {
  const wait = () => pause(LOOK_MS, undefined, { signal: over }).catch(() => {}); // over: nothing to wait for
  for (await wait(); !over.aborted; await wait())
    if (await isOver(act, scanId).catch(() => false)) cancelled.abort(CANCELLED); // asked again soon
}

async function scan(due: DueJob, context: JobContext, act: Act, signal: AbortSignal): Promise<void> {
  const aside = scanAside(signal);
  try {
    for await (const page of readCustomers(context.db, due.tenantId, signal))
      for (const [kind, customers] of Map.groupBy(page, (customer) => customer.kind))
        aside.give({ kind, customers: customers.map(comparedOf) });
    const counts = await aside.compare();
    const figures = await writeAll(act, due.subjectId, aside.pairs, signal);
    await act((at) => end(at, due.subjectId, { state: "COMPLETED", ...figuresOf(counts), ...figures }));
  } finally {
    await aside.end();
  }
}

type Written = KeptCounts & Pick<ScanFigures, "goneCount">;

async function writeAll(
  act: Act,
  scanId: string,
  take: ReturnType<typeof scanAside>["pairs"],
  signal: AbortSignal,
): Promise<Written> {
  const all = { newCount: 0, seenCount: 0, dismissedCount: 0, goneCount: 0 };
  for (let pairs = await take(); pairs.length > 0; pairs = await take()) {
    signal.throwIfAborted();
    const counts = await act((at) => whileRunning(at, scanId, () => keepPairs(at, scanId, pairs)));
    all.newCount += counts.newCount;
    all.seenCount += counts.seenCount;
    all.dismissedCount += counts.dismissedCount;
  }
  for (let gone = 1; gone > 0; all.goneCount += gone) {
    signal.throwIfAborted();
    gone = await act((at) => whileRunning(at, scanId, () => dropUnseen(at, scanId)));
  }
  return all;
}

/** A cancelled scan writes nothing more, and neither does a second process once the first has ended it. */
async function whileRunning<T>(at: At, scanId: string, work: () => Promise<T>): Promise<T> {
  if (!(await lockRunning(at, scanId))) throw CANCELLED;
  return work();
}

const figuresOf = ({
  customers,
  pairsCompared,
  pairsKept,
  clusters,
  splitBlocks,
  pairsLeftOut,
}: ScanCounts) => ({
  customerCount: customers,
  comparedCount: pairsCompared,
  keptCount: pairsKept,
  clusterCount: clusters,
  splitCount: splitBlocks,
  leftOutCount: BigInt(pairsLeftOut),
});

async function end(
  at: At,
  scanId: string,
  how: Pick<DuplicateScanState, "state"> & Partial<DuplicateScanState>,
): Promise<void> {
  const running = await lockRunning(at, scanId);
  if (running) copy(at, duplicateScans, [endScan(running, how, at.now)]);
}

const wordsOf = (error: unknown) =>
  `The customers could not be compared: ${error instanceof Error ? error.message : String(error)}`;
