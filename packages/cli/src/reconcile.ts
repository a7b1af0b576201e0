import { setTimeout as pause } from "node:timers/promises";
import { send } from "@guanxi/client/send";
import { Advice } from "@guanxi/local/advice";
import { signIn } from "./sign-in.ts";

export interface ReconcileOptions {
  readonly as: string;
  readonly area?: string;
  readonly repair?: boolean;
  readonly json?: boolean;
}

interface Comparison {
  readonly area: string;
  readonly aggregateType: string;
  readonly tables: readonly string[];
  readonly sourceCount: string;
  readonly sourceChecksum: string;
  readonly toldCount: string;
  readonly hereCount: string;
  readonly toldChecksum: string;
  readonly hereChecksum: string;
  readonly differenceCount: number;
  readonly sourceCheck: string;
}

interface Reconciliation {
  readonly reconciliationId: string;
  readonly state: string;
  readonly error: string;
  readonly comparisons: readonly Comparison[];
  readonly comparisonsAfterRepair: readonly Comparison[];
}

interface Difference {
  readonly area: string;
  readonly table: string;
  readonly id: string;
  readonly kind: string;
  readonly afterRepair: boolean;
}

const BETWEEN_MS = 250;
const PAGE = 200;

/** Holds what analytics has against what the other services have; ends with 1 where something differs, and is not mended. */
export async function reconcileCommand({
  as,
  area = "",
  repair = false,
  json,
}: ReconcileOptions): Promise<void> {
  await signIn(as);
  const done = await ended(await begin({ area, repair }));
  if (done.state === "STATE_FAILED") throw new Advice(done.error);
  const differences = await differencesOf(done.reconciliationId);
  if (json) console.log(JSON.stringify({ ...done, differences }, undefined, 2));
  else print(done, differences);
  const last = done.comparisonsAfterRepair.length > 0 ? done.comparisonsAfterRepair : done.comparisons;
  process.exitCode = last.some(differs) ? 1 : 0;
}

const begin = (reconciliation: { area: string; repair: boolean }): Promise<Reconciliation> =>
  send("/v1/reconciliations", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(reconciliation),
  });

async function ended(begun: Reconciliation): Promise<Reconciliation> {
  let one = begun;
  for (; one.state === "STATE_RUNNING"; one = await send(`/v1/reconciliations/${one.reconciliationId}`, {}))
    await pause(BETWEEN_MS);
  return one;
}

async function differencesOf(reconciliationId: string): Promise<Difference[]> {
  const all: Difference[] = [];
  for (let token = ""; ; ) {
    const page = `pageSize=${PAGE}&pageToken=${encodeURIComponent(token)}`;
    const { differences, nextPageToken } = await send<{ differences: Difference[]; nextPageToken: string }>(
      `/v1/reconciliations/${reconciliationId}/differences?${page}`,
      {},
    );
    all.push(...differences);
    token = nextPageToken;
    if (!token) return all;
  }
}

const differs = ({ differenceCount, sourceCheck }: Comparison) =>
  differenceCount > 0 || sourceCheck === "SOURCE_CHECK_DIFFERS";

/** What is said of the source besides, where it is not as it should be. */
const OF_SOURCE: Readonly<Record<string, string>> = {
  SOURCE_CHECK_DIFFERS: "  the tables of the source are NOT what its own events say",
  SOURCE_CHECK_UNCHECKED:
    "  NOT CHECKED whether the tables of the source are what its events say: it changed too fast, try again later",
};

function print(
  { comparisons, comparisonsAfterRepair }: Reconciliation,
  differences: readonly Difference[],
): void {
  report(
    comparisons,
    differences.filter(({ afterRepair }) => !afterRepair),
  );
  if (comparisonsAfterRepair.length === 0) return;
  console.log("\nAfter the repair:");
  report(
    comparisonsAfterRepair,
    differences.filter(({ afterRepair }) => afterRepair),
  );
}

function report(comparisons: readonly Comparison[], differences: readonly Difference[]): void {
  for (const comparison of comparisons) {
    const { area, aggregateType, tables, toldCount, hereCount, differenceCount, sourceCheck } = comparison;
    const name = aggregateType ? aggregateType.split(".").at(-1) : `sums ${tables[0]}`;
    const source = comparison.sourceChecksum ? `${comparison.sourceCount} there, ` : "";
    const verdict = differenceCount > 0 ? `${differenceCount} DIFFER` : "equal";
    console.log(
      `${area} ${name}: ${source}${toldCount} told, ${hereCount} here, ${comparison.hereChecksum.slice(0, 8)}: ${verdict}`,
    );
    if (sourceCheck in OF_SOURCE) console.log(OF_SOURCE[sourceCheck]);
    for (const { id, kind } of differences.filter((each) => each.area === area && each.table === tables[0]))
      console.log(`  ${kind.replace("KIND_", "").toLowerCase()} ${id}`);
  }
  const total = comparisons.reduce((sum, { differenceCount }) => sum + differenceCount, 0);
  console.log(total === 0 ? "Nothing differs." : `${total} differ.`);
}
