import {
  DuplicatePair,
  DuplicatePair_State as PairState,
  type FieldEvidence,
} from "@guanxi/contract/guanxi/customer/v1/duplicate";
import { etagOf } from "@guanxi/kit/etag";
import { madeId } from "@guanxi/kit/made-id";

export interface DuplicatePairState {
  readonly duplicatePairId: string;
  /** Of the two ids the lower one. */
  readonly customerId: string;
  readonly otherCustomerId: string;
  /** What was compared of each, so that one sees when it has become something else. */
  readonly fingerprint: string;
  readonly otherFingerprint: string;
  readonly score: number;
  readonly bits: number;
  readonly priorBits: number;
  readonly evidence: readonly FieldEvidence[];
  readonly clusterCustomerId: string | null;
  readonly state: "OPEN" | "DISMISSED";
  readonly dismissReason: string;
  readonly dismissedBy: string;
  readonly dismissTime: Date | null;
  readonly duplicateScanId: string;
  /** The scan that brought the pair into the list, or back to it. */
  readonly openingScanId: string;
  readonly updateTime: Date;
  readonly version: number;
}

/** Always the same id for the same two, so that every scan finds the pair again. */
export const pairIdOf = (customerId: string, otherCustomerId: string): string =>
  madeId("duplicate pair", customerId, otherCustomerId);

export function dismiss(
  pair: DuplicatePairState,
  said: { readonly reason: string; readonly by: string; readonly now: Date },
): DuplicatePairState {
  if (pair.state === "DISMISSED") return pair;
  const { reason, by, now } = said;
  return {
    ...pair,
    state: "DISMISSED",
    dismissReason: reason,
    dismissedBy: by,
    dismissTime: now,
    updateTime: now,
  };
}

const NOBODY_SAID = { state: "OPEN", dismissReason: "", dismissedBy: "", dismissTime: null } as const;

export type Found = Omit<DuplicatePairState, "version" | "openingScanId" | keyof typeof NOBODY_SAID>;

/** What a scan has found of a pair that may be known. The word that two are two holds as long as both are as they were. */
export function foundAgain(found: Found, known: DuplicatePairState | undefined): DuplicatePairState {
  const opened = { ...NOBODY_SAID, openingScanId: found.duplicateScanId };
  if (!known) return { ...found, ...opened, version: 1 };
  const isAsItWas =
    known.fingerprint === found.fingerprint && known.otherFingerprint === found.otherFingerprint;
  return known.state === "DISMISSED" && !isAsItWas
    ? { ...known, ...found, ...opened }
    : { ...known, ...found };
}

export const presentPair = (pair: DuplicatePairState, stale = false): DuplicatePair =>
  DuplicatePair.fromPartial({
    duplicatePairId: pair.duplicatePairId,
    customerId: pair.customerId,
    otherCustomerId: pair.otherCustomerId,
    score: pair.score,
    bits: pair.bits,
    priorBits: pair.priorBits,
    evidence: [...pair.evidence],
    clusterCustomerId: pair.clusterCustomerId ?? "",
    state: PairState[pair.state],
    dismissReason: pair.dismissReason,
    dismissedBy: pair.dismissedBy,
    dismissTime: pair.dismissTime ?? undefined,
    stale,
    duplicateScanId: pair.duplicateScanId,
    updateTime: pair.updateTime,
    etag: etagOf(pair),
  });
