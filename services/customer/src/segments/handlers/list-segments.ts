import type {
  ListSegmentsRequest,
  ListSegmentsResponse,
} from "@guanxi/contract/guanxi/customer/v1/segment_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { present } from "../present.ts";
import { kept, segmentFields, segments } from "../segments.ts";

export const listSegments = query<ListSegmentsRequest, ListSegmentsResponse>(async (request, at) => {
  const { items, nextPageToken } = await list(at, segments, {
    request,
    catalogue: segmentFields,
    orders: ["name", "create_time", "update_time"],
    where: request.includeArchived ? [] : [kept],
  });
  return { segments: items.map(present), nextPageToken };
});
