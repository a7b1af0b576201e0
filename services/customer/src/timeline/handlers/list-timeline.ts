import type {
  ListTimelineRequest,
  ListTimelineResponse,
} from "@guanxi/contract/guanxi/customer/v1/timeline_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { idsOf } from "../../customers/every-id.ts";
import { getLiving } from "../../customers/living.ts";
import { entryFields, notMinor, ofCustomers, ofResources, timelineEntries } from "../entries.ts";
import { presentEntry } from "../present.ts";
import { seenBy } from "../resources.ts";

export const listTimeline = query<ListTimelineRequest, ListTimelineResponse>(async (request, at) => {
  const { pageSize, pageToken, filter, includeMinor } = request;
  const { customerId } = await getLiving(at, request.customerId);
  const ids = await idsOf(at, customerId);
  const { shown, hidden } = seenBy(at);
  const { items, nextPageToken } = await list(at, timelineEntries, {
    request: { pageSize, pageToken, filter, orderBy: "time desc" },
    catalogue: entryFields,
    orders: ["time"],
    spread: ofCustomers(ids),
    where: [...(includeMinor ? [] : [notMinor]), ...(shown ? [ofResources(shown)] : [])],
  });
  return {
    entries: items.map((entry) => presentEntry(entry, at.may(entry.resource, "read_personal"))),
    nextPageToken,
    hiddenResources: [...hidden],
  };
});
