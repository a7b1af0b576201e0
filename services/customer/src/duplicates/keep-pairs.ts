import { DuplicateReopened } from "@guanxi/contract/guanxi/customer/v1/duplicate_events";
import type { At } from "@guanxi/kit/at";
import { copy, lockFound, record } from "@guanxi/kit/store";
import { type DuplicatePairState, type Found, foundAgain, pairIdOf } from "./duplicate-pair.ts";
import { duplicatePairs } from "./duplicate-pairs.ts";
import type { TracedPair } from "./scan-aside.ts";
import { wordsOf } from "./words.ts";

export interface KeptCounts {
  readonly newCount: number;
  readonly seenCount: number;
  readonly dismissedCount: number;
}

/** Written by a scan that was begun anew, a pair is the same again, and is counted the same. */
export async function keepPairs(
  at: At,
  duplicateScanId: string,
  pairs: readonly TracedPair[],
): Promise<KeptCounts> {
  const found = pairs.map((pair) => foundOf(pair, duplicateScanId, at.now));
  const ids = found.map(({ duplicatePairId }) => duplicatePairId);
  const known = new Map(
    (await lockFound(at, duplicatePairs, ids)).map((pair) => [pair.duplicatePairId, pair]),
  );
  const after = found.map((pair) => foundAgain(pair, known.get(pair.duplicatePairId)));
  const isReopened = (pair: DuplicatePairState) =>
    pair.state === "OPEN" && known.get(pair.duplicatePairId)?.state === "DISMISSED";
  record(at, duplicatePairs, after.filter(isReopened), DuplicateReopened);
  copy(
    at,
    duplicatePairs,
    after.filter((pair) => !isReopened(pair)),
  );
  const open = after.filter(({ state }) => state === "OPEN");
  const newCount = open.filter(({ openingScanId }) => openingScanId === duplicateScanId).length;
  return { newCount, seenCount: open.length - newCount, dismissedCount: after.length - open.length };
}

function foundOf(pair: TracedPair, duplicateScanId: string, now: Date): Found {
  const [low, high] = pair.a.customerId < pair.b.customerId ? [pair.a, pair.b] : [pair.b, pair.a];
  return {
    duplicatePairId: pairIdOf(low.customerId, high.customerId),
    customerId: low.customerId,
    otherCustomerId: high.customerId,
    fingerprint: low.fingerprint,
    otherFingerprint: high.fingerprint,
    score: pair.score,
    bits: pair.bits,
    priorBits: pair.priorBits,
    evidence: pair.weights.map((weight) => {
      const { field, level, bits, holders } = weight;
      return { field, level, bits, holderCount: holders, words: wordsOf(weight) };
    }),
    clusterCustomerId: pair.cluster ?? null,
    duplicateScanId,
    updateTime: now,
  };
}
