import type { DateMessage } from "@guanxi/contract/google/type/date";
import { instantOf } from "@guanxi/import/values/zone";
import { isDay } from "@guanxi/kit/days";

/** A day, or month and day of an unknown year: the 29th of February is one. */
export const isAnniversary = (date: DateMessage) => isDay(date.year === 0 ? { ...date, year: 2000 } : date);

/** The first moment of a day, in a zone of IANA. */
export const startOfDay = (day: string, timeZone: string): Date =>
  new Date(instantOf(Date.parse(`${day}T00:00:00Z`), timeZone));
