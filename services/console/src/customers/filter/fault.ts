import { problemOf } from "../../api/api.ts";
import type { CustomersSearch } from "../search.ts";
import type { Fault } from "./panel.tsx";

/** Where the service says that it does not understand the filter, as a place in what the person wrote. */
export function faultOf(error: unknown, { q, filter }: CustomersSearch): Fault | undefined {
  if (!error || !filter) return undefined;
  const violation = problemOf(error).violations?.find(({ field }) => field === "filter");
  const [, line, column, text] = /^line (\d+), column (\d+): (.*)$/s.exec(violation?.description ?? "") ?? [];
  if (!text) return undefined;
  // Beside a name the filter stands in brackets.
  const shift = q && line === "1" ? 1 : 0;
  return { line: Number(line), column: Math.max(1, Number(column) - shift), text };
}
