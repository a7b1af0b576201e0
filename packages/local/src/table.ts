import type { Row } from "./program.ts";

export type Colour = (text: string, code: number) => string;

export const plain: Colour = (text) => text;
export const coloured: Colour = (text, code) => `\x1b[${code}m${text}\x1b[0m`;

const RED = 31;
const GREEN = 32;
const YELLOW = 33;
const DIM = 2;

export function table(rows: Row[], colour: Colour): string[] {
  const head = ["service", "state", "address", "pid", "ready after"];
  const cells = rows.map(cellsOf);
  const widths = head.map((title, at) => Math.max(title.length, ...cells.map((row) => row[at]?.length ?? 0)));
  const line = (row: string[]) => row.map((cell, at) => cell.padEnd(widths[at] ?? 0));
  return [
    `  ${colour(line(head).join("   "), DIM)}`,
    ...rows.map((row, index) => {
      const [name, state = "", ...others] = line(cells[index] ?? []);
      const note = row.note ? `   ${colour(row.note, DIM)}` : "";
      return `  ${[name, colour(state, codeOf(row.state)), ...others].join("   ").trimEnd()}${note}`;
    }),
  ];
}

export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

function cellsOf(row: Row): string[] {
  const ready = row.readyAfter === undefined ? "" : seconds(row.readyAfter);
  return [row.name, row.state.padEnd("restarting".length), row.address, String(row.pid ?? ""), ready];
}

function codeOf(state: Row["state"]): number {
  if (state === "ready") return GREEN;
  if (state === "failed") return RED;
  return state === "stopped" || state === "waiting" ? DIM : YELLOW;
}
