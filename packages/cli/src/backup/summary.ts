import type { Manifest } from "./manifest.ts";

/** A line for each service and one for all, whose figures are the sums of those above. */
export function saySummary(begin: string, { services, stream, settings, release, time }: Manifest): void {
  const lines = services.map(({ name, tables }) => ({
    name,
    tables: tables.length,
    rows: tables.reduce((sum, { rows }) => sum + rows, 0),
    bytes: tables.reduce((sum, { bytes }) => sum + bytes, 0),
  }));
  const sum = (key: "tables" | "rows" | "bytes") => lines.reduce((all, line) => all + line[key], 0);
  const all = { name: "together", tables: sum("tables"), rows: sum("rows"), bytes: sum("bytes") };
  console.log(`${begin} Guanxi ${release} as of ${time}:`);
  for (const { name, tables, rows, bytes } of [...lines, all])
    console.log(`  ${name.padEnd(12)} ${tables} tables, ${rows} rows, ${megabytes(bytes)}`);
  console.log(`  ${"stream".padEnd(12)} events up to ${stream.reach}, ${megabytes(stream.bytes)}`);
  console.log(`  ${"settings".padEnd(12)} ${settings.map(({ name }) => name).join(", ") || "none"}`);
}

const megabytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MB`;
