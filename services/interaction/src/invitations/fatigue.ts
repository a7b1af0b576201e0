import { dayIn } from "@guanxi/kit/days";

const DAY_MS = 86_400_000;

interface Today {
  readonly today: string;
  readonly timeZone: string;
}

/** By the days of the calendar: a run comes some seconds earlier or later in its hour, and daylight saving moves the hour. */
export function isTooSoon(lastAsk: Date, limitDays: number, { today, timeZone }: Today): boolean {
  const asked = Date.parse(dayIn(timeZone)(lastAsk));
  return Date.parse(today) < asked + limitDays * DAY_MS;
}
