import { isDeepStrictEqual } from "node:util";
import { ServiceCalendar } from "@guanxi/contract/guanxi/service_desk/v1/service_calendar";
import { ServiceCalendarChanged } from "@guanxi/contract/guanxi/service_desk/v1/service_calendar_events";
import type { UpdateServiceCalendarRequest } from "@guanxi/contract/guanxi/service_desk/v1/service_calendar_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lock, record } from "@guanxi/kit/store";
import { reckonCasesAnew } from "../../sla/reckon-cases.ts";
import { change, withoutDefault } from "../calendar.ts";
import { calendars, findDefault, holdDefault, present } from "../calendars.ts";

export const updateServiceCalendar = command<UpdateServiceCalendarRequest, ServiceCalendar>(
  async (request, at) => {
    const { serviceCalendar: sent, etag, updateMask } = request;
    await holdDefault(at);
    const [before, main] = await Promise.all([
      lock(at, calendars, sent?.serviceCalendarId ?? ""),
      findDefault(at),
    ]);
    requireEtag(before, etag);
    const merged = merge(ServiceCalendar, present(before), sent, updateMask);
    const after = change(before, at.check(ServiceCalendar, merged, "service_calendar"), at.now);
    if (isDeepStrictEqual({ ...after, updateTime: before.updateTime }, before)) return present(before);
    if (after.isDefault && !before.isDefault && main)
      record(at, calendars, withoutDefault(main, at.now), ServiceCalendarChanged);
    reckonCasesAnew(at);
    return present(record(at, calendars, after, ServiceCalendarChanged));
  },
);
