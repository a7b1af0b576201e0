import { Segment } from "@guanxi/contract/guanxi/customer/v1/segment";
import { SegmentCreated } from "@guanxi/contract/guanxi/customer/v1/segment_events";
import type { CreateSegmentRequest } from "@guanxi/contract/guanxi/customer/v1/segment_service";
import { command } from "@guanxi/kit/handler";
import { record } from "@guanxi/kit/store";
import { build } from "../build-segment.ts";
import { compileCondition } from "../condition.ts";
import { present } from "../present.ts";
import { draw } from "../segment.ts";
import { requireRoom, segments } from "../segments.ts";

export const createSegment = command<CreateSegmentRequest, Segment>(async (request, at) => {
  await requireRoom(at);
  const segment = draw(Segment.fromPartial(request.segment ?? {}), at.newId(), at.now);
  await compileCondition(at, segment.condition, "segment.condition");
  build(at, segment.segmentId);
  return present(record(at, segments, segment, SegmentCreated));
});
