import { ServiceCalendar, ServiceHours_Day } from "@guanxi/contract/guanxi/service_desk/v1/service_calendar";
import { ServiceCalendarCreated } from "@guanxi/contract/guanxi/service_desk/v1/service_calendar_events";
import type { At } from "@guanxi/kit/at";
import { dateOf } from "@guanxi/kit/days";
import { numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { named, record } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { column } from "../columns.ts";
import { firstCalendar, type ServiceCalendarState } from "./calendar.ts";

const calendarTable = new EntitySchema<ServiceCalendarState>({
  name: "service_calendar",
  tableName: "service_calendars",
  columns: {
    serviceCalendarId: { name: "service_calendar_id", type: "uuid", primary: true },
    displayName: { name: "display_name", type: "text" },
    timeZone: { name: "time_zone", type: "text" },
    hours: { type: "jsonb" },
    holidays: { type: "jsonb" },
    exceptions: { type: "jsonb" },
    isDefault: { name: "is_default", type: "bool" },
    createTime: { name: "create_time", type: "timestamptz" },
    updateTime: { name: "update_time", type: "timestamptz" },
    version: { type: "int" },
  },
});

/** The whole public state, as events carry it. */
export const present = (calendar: ServiceCalendarState): ServiceCalendar => ({
  serviceCalendarId: calendar.serviceCalendarId,
  displayName: calendar.displayName,
  timeZone: calendar.timeZone,
  hours: calendar.hours.map(({ days, ...span }) => ({
    ...span,
    days: days.map((day) => numberOf(ServiceHours_Day, day)),
  })),
  holidays: calendar.holidays.map((each) => ({ ...each, date: dateOf(each.date) })),
  exceptions: calendar.exceptions.map((each) => ({
    ...each,
    date: dateOf(each.date),
    hours: [...each.hours],
  })),
  default: calendar.isDefault,
  createTime: calendar.createTime,
  updateTime: calendar.updateTime,
  etag: etagOf(calendar),
});

export const calendars = table({ entity: calendarTable, message: ServiceCalendar, present });

/** What a condition over calendars may name, as published at ListServiceCalendarsRequest.filter. */
export const calendarFields = catalogue<ServiceCalendarState>({ id: "service_calendar_id", side: "" }, [
  column("display_name", "text", ({ displayName }) => displayName),
  column("time_zone", "text", ({ timeZone }) => timeZone),
  { name: "default", type: "bool", stored: { column: "is_default" }, read: ({ isDefault }) => isDefault },
  column("create_time", "time", ({ createTime }) => createTime),
]);

/** Which one is the default changes one at a time. */
export async function holdDefault(at: At): Promise<void> {
  at.claim("service_calendars default");
  await named(at, {
    name: "service_calendars hold",
    text: "select pg_advisory_xact_lock(hashtextextended('service_calendars ' || tenant()::text, 0))",
    values: [],
  });
}

export async function findDefault(at: At): Promise<ServiceCalendarState | undefined> {
  const [found] = await named<ServiceCalendarState>(at, {
    name: "service_calendars default",
    text: `${calendars.select} where is_default`,
    values: [],
  });
  if (found) at.known.set(`${calendars.name} ${found.serviceCalendarId}`, found);
  return found;
}

/** Every tenant has a calendar from the beginning: it is made when the desk hears of the tenant, or needs it before. */
export async function ensureCalendar(at: At): Promise<ServiceCalendarState> {
  const there = await findDefault(at);
  if (there) return there;
  await holdDefault(at);
  const made = await findDefault(at);
  const { now, timeZone } = at;
  return (
    made ?? record(at, calendars, firstCalendar({ id: at.newId(), now, timeZone }), ServiceCalendarCreated)
  );
}
