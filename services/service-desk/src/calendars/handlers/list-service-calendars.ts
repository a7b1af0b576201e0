import type {
  ListServiceCalendarsRequest,
  ListServiceCalendarsResponse,
} from "@guanxi/contract/guanxi/service_desk/v1/service_calendar_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { calendarFields, calendars, present } from "../calendars.ts";

export const listServiceCalendars = query<ListServiceCalendarsRequest, ListServiceCalendarsResponse>(
  async (request, at) => {
    const { items, nextPageToken } = await list(at, calendars, {
      request,
      catalogue: calendarFields,
      orders: ["display_name", "create_time"],
    });
    return { serviceCalendars: items.map(present), nextPageToken };
  },
);
