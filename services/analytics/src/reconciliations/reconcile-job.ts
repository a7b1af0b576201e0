import type { ApplyOptions } from "@guanxi/bus/apply";
import type { DueJob, Job, JobContext } from "@guanxi/bus/app";
import { type Finding, holdAgainst, mendFound } from "@guanxi/bus/hold-against";
import type { Reader } from "@guanxi/bus/reaction";
import type { CommonSettings } from "@guanxi/bus/settings";
import { applying, archiveFor, archiveMissing } from "@guanxi/bus/start";
import type { At } from "@guanxi/kit/at";
import { isPassing } from "@guanxi/kit/passing";
import { find } from "@guanxi/kit/store";
import { differs, type ReconciliationState } from "./reconciliation.ts";
import { put, putFindings, reconciliations } from "./reconciliations.ts";

/** The job of a reconciliation; its subject is the reconciliation's id. */
export const RECONCILE = "reconcile";

export const reconcileJob = (readers: readonly Reader[]): Job => ({
  name: RECONCILE,
  async run(due, context) {
    const act = await actingFor(due, context);
    const one = await act((at) => running(at, due.subjectId));
    if (!one) return;
    const concerned = readers.filter(({ area }) => !one.area || area === one.area);
    const sides = concerned.map((reader) => sideOf(due, context, reader));
    try {
      const done = await reconcile(act, sides, one);
      await act(async (at) => put(at, { ...done, state: "COMPLETED", endTime: at.now }));
    } catch (error) {
      if (due.signal.aborted || isPassing(error)) throw error;
      context.log.error({ err: error, reconciliationId: due.subjectId }, "a reconciliation has failed");
      const failed = { ...one, state: "FAILED" as const, error: wordsOf(error) };
      await act(async (at) => put(at, { ...failed, endTime: at.now }));
    }
  },
});

type Act = <T>(work: (at: At) => Promise<T>) => Promise<T>;

async function actingFor({ tenantId }: DueJob, { settingsOf, act }: JobContext): Promise<Act> {
  const { timeZone, currencyCode } = await settingsOf(tenantId);
  return (work) => act({ tenantId, timeZone, currencyCode, actor: "analytics/reconcile" }, work);
}

async function running(at: At, id: string): Promise<ReconciliationState | undefined> {
  const [one] = await find(at, reconciliations, [id]);
  return one?.state === "RUNNING" ? one : undefined;
}

interface Side {
  compare(): Promise<Finding[]>;
  mend(findings: readonly Finding[]): Promise<void>;
}

/** Our copies of one area, and the service that they are of. */
function sideOf({ tenantId, signal }: DueJob, context: JobContext, reader: Reader): Side {
  const { db, settings, passed } = context;
  const archive = archiveFor(settings as CommonSettings, settings, reader.area);
  if (!archive) throw new Error(archiveMissing);
  const options: ApplyOptions = applying({ name: "analytics" }, { db }, reader);
  const comparing = { tenantId, archive, passed: (place: bigint) => passed(place, signal) };
  return {
    compare: () => holdAgainst(options, comparing),
    mend: (findings) => mendFound(options, comparing, findings),
  };
}

/** One source after the other: both sides are read as a whole. */
async function reconcile(
  act: Act,
  sides: readonly Side[],
  one: ReconciliationState,
): Promise<ReconciliationState> {
  const found = await inTurn(sides, (side) => side.compare());
  const told = await act((at) => putFindings(at, one, found.flat(), false));
  if (!one.repair || !told.found.some(differs)) return told;
  await inTurn(sides, (side, place) => side.mend(found[place]!));
  const mended = await inTurn(sides, (side) => side.compare());
  return act((at) => putFindings(at, told, mended.flat(), true));
}

async function inTurn<T>(
  sides: readonly Side[],
  work: (side: Side, place: number) => Promise<T>,
): Promise<T[]> {
  const results: T[] = [];
  for (const [place, side] of sides.entries()) results.push(await work(side, place));
  return results;
}

const wordsOf = (error: unknown) =>
  `It could not be compared: ${error instanceof Error ? error.message : String(error)}`;
