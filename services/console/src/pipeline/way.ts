import type { StageEntry } from "@guanxi/client/gen/guanxi";
import { daysBetween, dayText } from "./days.ts";

export interface Step {
  entry: StageEntry;
  /** 2026-11-22; empty where nobody knows. */
  day: string;
  /** Until the next stage, or until today of the last one while it is open; undefined where a day is not known. */
  days: number | undefined;
}

export function stepsOf(entries: readonly StageEntry[], today: string): Step[] {
  const days = entries.map(
    ({ enterDate, enterTime }) => dayText(enterDate) || (enterTime ?? "").slice(0, 10),
  );
  return entries.map((entry, index) => {
    const day = days[index] ?? "";
    const last = index === entries.length - 1;
    const until = last ? (entry.stageType === "TYPE_OPEN" ? today : "") : days[index + 1];
    return { entry, day, days: day && until ? Math.max(daysBetween(day, until), 0) : undefined };
  });
}
