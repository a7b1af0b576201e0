// What a service calendar is: hours of the week in a zone, and the days that are otherwise.
import {
  type DateHours,
  type Holiday,
  type ServiceCalendar,
  ServiceHours_Day,
} from "@guanxi/contract/guanxi/service_desk/v1/service_calendar";
import { dayOf, isDay } from "@guanxi/kit/days";
import { nameOf, type NameOf, numberOf } from "@guanxi/kit/enum-names";
import { refuse, type Violation } from "@guanxi/kit/refuse";
import { type OpeningHours, openingHours } from "./opening-hours.ts";

type Weekday = NameOf<typeof ServiceHours_Day>;

interface StoredHours {
  readonly days: readonly Weekday[];
  readonly from: string;
  readonly until: string;
}

interface StoredDay {
  readonly date: string;
  readonly displayName: string;
}

interface StoredDayHours extends StoredDay {
  readonly hours: readonly { readonly from: string; readonly until: string }[];
}

export interface ServiceCalendarState {
  readonly serviceCalendarId: string;
  readonly displayName: string;
  readonly timeZone: string;
  readonly hours: readonly StoredHours[];
  readonly holidays: readonly StoredDay[];
  readonly exceptions: readonly StoredDayHours[];
  readonly isDefault: boolean;
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

interface Birth {
  readonly id: string;
  readonly now: Date;
  readonly timeZone: string;
}

export const create = (sent: ServiceCalendar, { id, now, timeZone }: Birth): ServiceCalendarState => ({
  ...particulars({ ...sent, timeZone: sent.timeZone || timeZone }),
  serviceCalendarId: id,
  createTime: now,
  updateTime: now,
  version: 0,
});

export function change(
  calendar: ServiceCalendarState,
  sent: ServiceCalendar,
  now: Date,
): ServiceCalendarState {
  const after = { ...calendar, ...particulars(sent), updateTime: now };
  if (calendar.isDefault && !after.isDefault) throw notWithoutDefault();
  return after;
}

export const withoutDefault = (calendar: ServiceCalendarState, now: Date): ServiceCalendarState => ({
  ...calendar,
  isDefault: false,
  updateTime: now,
});

const notWithoutDefault = () =>
  refuse("invalid", "INVALID_REQUEST", "Make another calendar the default, and this one no longer is.", [
    {
      field: "service_calendar.default",
      description: "is taken away by setting it elsewhere",
      reason: "DEFAULT",
    },
  ]);

function particulars(sent: ServiceCalendar) {
  const violations = [...zoneViolations(sent.timeZone), ...dateViolations(sent)];
  if (violations.length > 0)
    throw refuse("invalid", "INVALID_REQUEST", "The hours do not make a calendar.", violations);
  return {
    displayName: sent.displayName,
    timeZone: sent.timeZone,
    hours: sent.hours.map(({ days, from, until }) => ({ days: days.flatMap(weekday), from, until })),
    holidays: sent.holidays.map(storedDay),
    exceptions: sent.exceptions.map((each) => ({
      ...storedDay(each),
      hours: each.hours.map(({ from, until }) => ({ from, until })),
    })),
    isDefault: sent.default,
  };
}

const weekday = (day: ServiceHours_Day) => nameOf(ServiceHours_Day, day) ?? [];

const storedDay = ({ date, displayName }: Holiday | DateHours): StoredDay => ({
  date: dayOf(date ?? { year: 0, month: 0, day: 0 }),
  displayName,
});

function zoneViolations(timeZone: string): Violation[] {
  const field = "service_calendar.time_zone";
  return isZone(timeZone)
    ? []
    : [{ field, description: "is no time zone of IANA, as Asia/Shanghai", reason: "UNKNOWN_TIME_ZONE" }];
}

/** A distance such as +08:00 is none: it knows nothing of daylight saving. */
function isZone(timeZone: string): boolean {
  if (!/^[A-Za-z]/.test(timeZone)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone }));
  } catch {
    return false;
  }
}

function dateViolations({ holidays, exceptions }: ServiceCalendar): Violation[] {
  const dates = [
    ...holidays.map(({ date }, index) => ({ date, field: `service_calendar.holidays[${index}].date` })),
    ...exceptions.map(({ date }, index) => ({ date, field: `service_calendar.exceptions[${index}].date` })),
  ];
  return dates
    .filter(({ date }) => !date || !isDay(date))
    .map(({ field }) => ({ field, description: "is no day of the calendar", reason: "UNKNOWN_DATE" }));
}

/** What every tenant keeps to until it says otherwise. */
export const firstCalendar = ({ id, now, timeZone }: Birth): ServiceCalendarState => ({
  serviceCalendarId: id,
  displayName: "Office hours",
  timeZone,
  hours: [{ days: ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"], from: "09:00", until: "18:00" }],
  holidays: [],
  exceptions: [],
  isDefault: true,
  createTime: now,
  updateTime: now,
  version: 0,
});

export const openingOf = ({ hours, ...calendar }: ServiceCalendarState): OpeningHours =>
  openingHours({
    ...calendar,
    hours: hours.map(({ days, from, until }) => ({
      days: days.map((day) => numberOf(ServiceHours_Day, day)),
      from,
      until,
    })),
  });
