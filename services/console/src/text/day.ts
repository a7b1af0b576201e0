/** A google.type.Date as JSON has it, as 2026-03-01. */
export function dayOf(
  date: { year?: number; month?: number; day?: number } | string | undefined,
): string | undefined {
  if (!date || typeof date === "string") return date;
  const { year = 0, month = 1, day = 1 } = date;
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}
