// npx guanxi routes: every path, the RPC behind it, and what a caller needs.
import { loadContract, nameOf } from "@guanxi/kit/contract";
import { routesOf, type Route } from "./routes.ts";

const WHOEVER: Record<string, string> = { anyone: "anyone", "signed-in": "signed in" };
const COLUMNS = ["METHOD", "PATH", "RPC", "ACCESS"];

export function printRoutes(routes: Route[]): string {
  const rows = [COLUMNS, ...routes.map(rowOf).sort(byPath)];
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function rowOf({ verb, template, method, access, sends }: Route): string[] {
  const needed = WHOEVER[access.caller] ?? `${access.resource}:${access.action}`;
  return [verb.toUpperCase(), template, nameOf(method), needed + (sends ? ", sends" : "")];
}

const byPath = (a: string[], b: string[]) => (a[1]! < b[1]! ? -1 : a[1]! > b[1]! ? 1 : 0);

if (import.meta.main) console.log(printRoutes(routesOf(loadContract())));
