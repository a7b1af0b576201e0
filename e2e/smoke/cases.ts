// A help desk of 24,918 incidents, and 28,156 complaints to an authority, as their own files have them.
import { type FigureGroup, listCaseFacts, queryServiceFigures } from "@guanxi/client/gen/guanxi";
import { importFile } from "@guanxi/cli/importing";
import { readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { COMPLAINTS, INCIDENTS } from "../imports/case-mappings.ts";
import { dataPath } from "./data.ts";
import type { Figures } from "./figures.ts";
import { countsOf, countsText, latest } from "./maven.ts";
import { knowing } from "./wait.ts";

async function take(file: typeof INCIDENTS, text: string) {
  const { kind, sourceSystem, mapping, replacements, format } = file;
  return importFile({
    kind,
    sourceSystem,
    file: new Blob([text]),
    fileName: path.basename(file.path, ".gz"),
    mapping: [...mapping],
    replacements: [...replacements],
    format,
  });
}

const textOf = ({ path: name }: typeof INCIDENTS): string => {
  const bytes = readFileSync(dataPath(name));
  return (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString();
};

/** Of 141,712 rows the last of each incident, which is what holds: all of them take minutes, and end the same. */
function lastRows(text: string): string {
  const [head, ...lines] = text.trim().split(/\r?\n/);
  const last = new Map(lines.map((line) => [line.slice(0, line.indexOf(",")), line]));
  return [head, ...last.values(), ""].join("\n");
}

export async function cases(figures: Figures): Promise<void> {
  const incidents = await take(INCIDENTS, lastRows(textOf(INCIDENTS)));
  figures.exact("cases: incidents", countsText(24_918, 24_918), countsOf(incidents));
  const complaints = await take(COMPLAINTS, textOf(COMPLAINTS));
  figures.exact("cases: complaints", countsText(28_156, 28_156), countsOf(complaints));
  const { groups } = await knowing(latest(incidents, complaints), () =>
    queryServiceFigures({ groupBy: ["FIGURE_DIMENSION_KIND"] }),
  );
  const groupOf = (kind: string) => groups.find(({ values }) => values[0] === kind);
  await ofIncidents(figures, groupOf("INCIDENT"));
  await ofComplaints(figures, groupOf("COMPLAINT"));
}

const figureOf = (group: FigureGroup | undefined, name: string) =>
  group?.figures.find(({ figure }) => figure === name);

const percent = (group: FigureGroup | undefined, name: string): string => {
  const { value, denominator } = figureOf(group, name) ?? {};
  return `${((value ?? Number.NaN) * 100).toFixed(2)} % of ${denominator}`;
};

async function ofIncidents(figures: Figures, group: FigureGroup | undefined): Promise<void> {
  figures.exact("cases: SLA met", "63.42 % of 24918", percent(group, "sla_attainment_resolution"));
  const days = (name: string) => figureOf(group, `days_to_close_${name}`)?.value?.toFixed(3) ?? "none";
  figures.exact("cases: mean days to close", "13.139", days("mean"));
  figures.exact("cases: median days to close", "6.078", days("median"));
  figures.exact("cases: reopened", 275, figureOf(group, "reopen_rate")?.numerator ?? "none");
  figures.exact("cases: rows behind them", 275, await rowsBehind('kind == "INCIDENT" && reopen_count > 0'));
}

async function ofComplaints(figures: Figures, group: FigureGroup | undefined): Promise<void> {
  figures.exact(
    "cases: complaints answered in time",
    "97.47 % of 28156",
    percent(group, "complaint_response_rate"),
  );
  const about = async (topic: string) => {
    const filter = `kind == "COMPLAINT" && topic.startsWith(${JSON.stringify(topic)})`;
    return figureOf((await queryServiceFigures({ filter })).groups[0], "cases")?.value ?? "none";
  };
  figures.exact("cases: about debt collection", 7494, await about("Debt collection"));
  figures.exact("cases: about mortgages", 6612, await about("Mortgage"));
  figures.exact("cases: about credit reporting", 5717, await about("Credit reporting"));
}

async function rowsBehind(filter: string): Promise<number> {
  let count = 0;
  for (let pageToken = ""; ; ) {
    const page = await listCaseFacts({ filter, pageSize: 200, pageToken });
    count += page.caseFacts.length;
    pageToken = page.nextPageToken;
    if (!pageToken) return count;
  }
}
