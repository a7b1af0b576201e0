import type { DateMessage } from "@guanxi/contract/google/type/date";
import { isDay } from "@guanxi/kit/days";

/** A day, or month and day of an unknown year: the 29th of February is one. */
export const isAnniversary = (date: DateMessage) => isDay(date.year === 0 ? { ...date, year: 2000 } : date);
