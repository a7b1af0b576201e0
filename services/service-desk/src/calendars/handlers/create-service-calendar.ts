import { ServiceCalendar } from "@guanxi/contract/guanxi/service_desk/v1/service_calendar";
import {
  ServiceCalendarChanged,
  ServiceCalendarCreated,
} from "@guanxi/contract/guanxi/service_desk/v1/service_calendar_events";
import type { CreateServiceCalendarRequest } from "@guanxi/contract/guanxi/service_desk/v1/service_calendar_service";
import { command } from "@guanxi/kit/handler";
import { record } from "@guanxi/kit/store";
import { reckonCasesAnew } from "../../sla/reckon-cases.ts";
import { create, withoutDefault } from "../calendar.ts";
import { calendars, ensureCalendar, holdDefault, present } from "../calendars.ts";

export const createServiceCalendar = command<CreateServiceCalendarRequest, ServiceCalendar>(
  async (request, at) => {
    const { now, timeZone } = at;
    const sent = ServiceCalendar.fromPartial(request.serviceCalendar ?? {});
    const calendar = create(sent, { id: at.newId(), now, timeZone });
    await holdDefault(at);
    const before = await ensureCalendar(at);
    if (calendar.isDefault) {
      record(at, calendars, withoutDefault(before, now), ServiceCalendarChanged);
      reckonCasesAnew(at);
    }
    return present(record(at, calendars, calendar, ServiceCalendarCreated));
  },
);
