import type { ServiceCalendar } from "@guanxi/contract/guanxi/service_desk/v1/service_calendar";
import type { GetServiceCalendarRequest } from "@guanxi/contract/guanxi/service_desk/v1/service_calendar_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { calendars, present } from "../calendars.ts";

export const getServiceCalendar = query<GetServiceCalendarRequest, ServiceCalendar>(
  async ({ serviceCalendarId }, at) => present(await get(at, calendars, serviceCalendarId)),
);
