import type { Segment } from "@guanxi/contract/guanxi/customer/v1/segment";
import { SegmentArchived } from "@guanxi/contract/guanxi/customer/v1/segment_events";
import type { ArchiveSegmentRequest } from "@guanxi/contract/guanxi/customer/v1/segment_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { present } from "../present.ts";
import { archive } from "../segment.ts";
import { segments } from "../segments.ts";

export const archiveSegment = command<ArchiveSegmentRequest, Segment>(async (request, at) => {
  const before = await lock(at, segments, request.segmentId);
  matchEtag(before, request.etag);
  const after = archive(before, at.now);
  return present(after === before ? before : record(at, segments, after, SegmentArchived));
});
