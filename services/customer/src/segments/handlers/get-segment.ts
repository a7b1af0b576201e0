import type { Segment } from "@guanxi/contract/guanxi/customer/v1/segment";
import type { GetSegmentRequest } from "@guanxi/contract/guanxi/customer/v1/segment_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { present } from "../present.ts";
import { segments } from "../segments.ts";

export const getSegment = query<GetSegmentRequest, Segment>(async ({ segmentId }, at) =>
  present(await get(at, segments, segmentId)),
);
