const MILLISECONDS = 86_400_000;

/** Days since 1970-01-01 of a day as 2026-01-31; a day that is in no calendar is a fault of the caller. */
export function dayNumber(day: string): number {
  const time = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(time) || dayText(time / MILLISECONDS) !== day)
    throw new RangeError(`"${day}" is no day: write it as 2026-01-31.`);
  return time / MILLISECONDS;
}

export const dayText = (number: number): string => new Date(number * MILLISECONDS).toISOString().slice(0, 10);
