import type {
  ListSegmentMembersRequest,
  ListSegmentMembersResponse,
} from "@guanxi/contract/guanxi/customer/v1/segment_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { get } from "@guanxi/kit/store";
import { membershipFields, memberships, membersOf } from "../memberships.ts";
import { presentMembership } from "../present.ts";
import { segments } from "../segments.ts";

export const listSegmentMembers = query<ListSegmentMembersRequest, ListSegmentMembersResponse>(
  async ({ segmentId, pageSize, pageToken }, at) => {
    const [{ items, nextPageToken }] = await Promise.all([
      list(at, memberships, {
        request: { pageSize, pageToken },
        catalogue: membershipFields,
        orders: ["customer_id"],
        where: [membersOf(segmentId)],
      }),
      get(at, segments, segmentId), // another tenant's segment is not there
    ]);
    return { memberships: items.map(presentMembership), nextPageToken };
  },
);
