import type { DuplicatePair } from "@guanxi/contract/guanxi/customer/v1/duplicate";
import { DuplicateDismissed } from "@guanxi/contract/guanxi/customer/v1/duplicate_events";
import type { DismissDuplicateRequest } from "@guanxi/contract/guanxi/customer/v1/duplicate_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { dismiss, presentPair } from "../duplicate-pair.ts";
import { duplicatePairs, staleAmong } from "../duplicate-pairs.ts";

export const dismissDuplicate = command<DismissDuplicateRequest, DuplicatePair>(async (request, at) => {
  const before = await lock(at, duplicatePairs, request.duplicatePairId);
  matchEtag(before, request.etag);
  const stale = (await staleAmong(at, [before])).size > 0;
  const after = dismiss(before, { reason: request.reason, by: at.principal.id, now: at.now });
  if (after === before) return presentPair(before, stale);
  return presentPair(record(at, duplicatePairs, after, DuplicateDismissed), stale);
});
