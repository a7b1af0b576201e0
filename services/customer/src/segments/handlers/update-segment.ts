import { isDeepStrictEqual } from "node:util";
import { Segment } from "@guanxi/contract/guanxi/customer/v1/segment";
import { SegmentChanged } from "@guanxi/contract/guanxi/customer/v1/segment_events";
import type { UpdateSegmentRequest } from "@guanxi/contract/guanxi/customer/v1/segment_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lock, record } from "@guanxi/kit/store";
import { build } from "../build-segment.ts";
import { compileCondition } from "../condition.ts";
import { present } from "../present.ts";
import { change } from "../segment.ts";
import { segments } from "../segments.ts";

export const updateSegment = command<UpdateSegmentRequest, Segment>(async (request, at) => {
  const { segment: sent, etag, updateMask } = request;
  const before = await lock(at, segments, sent?.segmentId ?? "");
  requireEtag(before, etag);
  const merged = at.check(Segment, merge(Segment, present(before), sent, updateMask), "segment");
  const after = change(before, merged, at.now);
  if (isDeepStrictEqual({ ...after, updateTime: before.updateTime }, before)) return present(before);
  if (after.condition !== before.condition) {
    await compileCondition(at, after.condition, "segment.condition");
    build(at, after.segmentId);
  }
  return present(record(at, segments, after, SegmentChanged));
});
