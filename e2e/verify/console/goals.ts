import { table } from "../../bench/report.ts";

type Line = readonly [name: string, measured: string, goal: string, verdict: string];

/** What was measured beside what is aimed at. What has no goal is told all the same. */
export function goals() {
  const lines: Line[] = [];
  let isMissed = false;
  return {
    below(name: string, measured: number, goal: number, unit = "ms") {
      const isGood = measured <= goal;
      isMissed ||= !isGood;
      lines.push([name, `${shown(measured)} ${unit}`, `${shown(goal)} ${unit}`, isGood ? "ok" : "MISSED"]);
    },
    told: (name: string, measured: string) => void lines.push([name, measured, "", ""]),
    isMissed: () => isMissed,
    text: () => table(["", "measured", "goal", ""], lines),
  };
}

export type Goals = ReturnType<typeof goals>;

const shown = (value: number) => (Number.isInteger(value) ? String(value) : value.toFixed(0));
