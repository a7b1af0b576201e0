import type { Row } from "./program.ts";
import { coloured, plain, seconds, table } from "./table.ts";

const COLOURS = [36, 35, 34, 33, 32, 96, 95, 94];

export type Screen = {
  changed: (row: Row, lastLines: string[]) => void;
  log: (name: string, line: string) => void;
  say: (line: string) => void;
  hints: (lines: string[]) => void;
};

/**
 * On a terminal the table stays at the bottom and everything else scrolls past above it. Elsewhere each change
 * is one line.
 */
export function openScreen(out: NodeJS.WriteStream): Screen {
  const colour = out.isTTY && !process.env.NO_COLOR ? coloured : plain;
  const rows: Row[] = [];
  let below: string[] = [];
  let painted = 0;
  out.on("error", () => undefined); // whoever watched has gone; that is no reason to stop what they started

  // Lines may not wrap while painting, or they could not be counted.
  function paint(above = ""): void {
    const lines = ["", ...table(rows, colour), "", ...below];
    const erase = painted > 0 ? `\x1b[${painted}A\x1b[J` : "";
    out.write(`${erase}${above}\x1b[?7l${lines.join("\n")}\n\x1b[?7h`);
    painted = lines.length;
  }

  const print = (line: string) => (out.isTTY ? paint(`${line}\n`) : out.write(`${line}\n`));

  return {
    say: print,
    log: (name, line) => {
      const index = rows.findIndex((row) => row.name === name);
      print(`${colour(name.padEnd(10), COLOURS[index % COLOURS.length] ?? 0)} ${line}`);
    },
    changed: (row, lastLines) => {
      if (!rows.includes(row)) rows.push(row);
      if (row.state === "failed" && lastLines.length > 0)
        print([`${row.name} failed. Its last lines:`, ...lastLines].join("\n  | "));
      if (out.isTTY) paint();
      else if (row.state !== "waiting") print(oneLine(row));
    },
    hints: (lines) => {
      below = lines.map((line) => `  ${line}`);
      if (out.isTTY) paint();
      else for (const line of lines) print(line);
    },
  };
}

function oneLine(row: Row): string {
  const pid = row.pid ? `pid ${row.pid}` : "";
  const ready = row.state === "ready" ? [row.address, pid, `after ${seconds(row.readyAfter ?? 0)}`] : [pid];
  const facts = [...ready, row.note ?? ""];
  return [row.name.padEnd(10), row.state.padEnd(10), ...facts.filter(Boolean)].join("  ").trimEnd();
}
