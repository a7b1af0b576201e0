import type {
  EventCounts,
  GetEventCountsRequest,
} from "@guanxi/contract/guanxi/marketing/v1/marketing_event_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import type { GuestStatus } from "../event-state.ts";
import { guestCounts } from "../guests.ts";
import { marketingEvents } from "../marketing-events.ts";

export const getEventCounts = query<GetEventCountsRequest, EventCounts>(async ({ eventId }, at) => {
  const [counts] = await Promise.all([guestCounts(at, eventId), get(at, marketingEvents, eventId)]);
  const of = (status: GuestStatus) => BigInt(counts.find((each) => each.status === status)?.count ?? 0);
  const sum = (field: "count" | "followedUp") => BigInt(counts.reduce((all, each) => all + each[field], 0));
  return {
    total: sum("count"),
    invited: of("INVITED"),
    registered: of("REGISTERED"),
    waiting: of("WAITING"),
    declined: of("DECLINED"),
    attended: of("ATTENDED"),
    noShow: of("NO_SHOW"),
    followedUp: sum("followedUp"),
  };
});
