import { median, medianRatio, type Sample } from "./compare.ts";

type Row = readonly string[];

/** Columns as wide as what stands in them; numbers to the right. */
export function table(head: Row, rows: readonly Row[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: Row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
      .join("   ");
  return all.map((row) => `  ${line(row).trimEnd()}`).join("\n");
}

export const whole = (value: number) => value.toFixed(0);
export const hundredths = (value: number) => value.toFixed(2);
export const tenths = (value: number) => value.toFixed(1);

export const HEAD = ["", "requests/s", "µs CPU each", "p50 ms", "p99 ms"];

export function rowOf(name: string, samples: readonly Sample[]): Row {
  const middle = (of: (sample: Sample) => number) => median(samples.map(of));
  return [
    name,
    whole(middle(({ perSecond }) => perSecond)),
    whole(middle(({ cpuTotal }) => cpuTotal)),
    tenths(middle(({ p50 }) => p50)),
    tenths(middle(({ p99 }) => p99)),
  ];
}

export function ratioRow(name: string, ours: readonly Sample[], theirs: readonly Sample[]): Row {
  return [
    name,
    hundredths(medianRatio(ours, theirs, ({ perSecond }) => perSecond)),
    hundredths(medianRatio(ours, theirs, ({ cpuTotal }) => cpuTotal)),
  ];
}

/** Where the time goes: the microseconds of one request or event, by process. */
export function spending(samples: readonly Readonly<Record<string, number>>[]): string {
  const each = Object.keys(samples[0]!).map((name) => ({
    name,
    cpu: median(samples.map((spent) => spent[name]!)),
  }));
  const told = each.filter(({ cpu }) => cpu >= 1).toSorted((a, b) => b.cpu - a.cpu);
  return told.map(({ name, cpu }) => `${name} ${whole(cpu)}`).join(", ");
}
