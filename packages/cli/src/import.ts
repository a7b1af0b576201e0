import { openAsBlob, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Import } from "@guanxi/client/gen/guanxi";
import { ProblemError } from "@guanxi/client/send";
import { Advice } from "@guanxi/local/advice";
import { areaOf, areaWith, fieldsOf } from "./areas.ts";
import { importFile, undoImport } from "./importing.ts";
import { importPeople } from "./people.ts";
import { progressBar } from "./progress-bar.ts";
import { signIn } from "./sign-in.ts";

export interface ImportOptions {
  readonly as: string;
  readonly kind?: string;
  readonly system?: string;
  readonly map?: readonly string[];
  readonly replace?: readonly string[];
  readonly "dry-run"?: boolean;
  readonly after?: string;
  readonly "date-order"?: string;
  readonly decimal?: string;
  readonly undo?: string;
}

/** Brings a file in, or takes an import back. The counts go to standard output, as JSON, for programs. */
export async function importCommand(options: ImportOptions, [file]: readonly string[]): Promise<void> {
  await signIn(options.as);
  try {
    if (options.undo) return tell(await undo(options.undo));
    if (!file || !options.kind) throw new Advice("Name the file and what its rows are: --kind customer");
    if (options.kind === "user") return tell(await importPeople(file));
    await bring(file, options.kind, options);
  } catch (error) {
    throw error instanceof ProblemError ? await adviceFor(error, options.kind) : error;
  }
}

const OF_MAPPING = new Set<string | undefined>(["NOTHING_MAPPED", "INVALID_MAPPING"]);

/** With what is wrong where, and what else there would be to choose from. */
async function adviceFor({ problem, message }: ProblemError, kind: string | undefined): Promise<Advice> {
  const { reason, violations = [] } = problem;
  const lines = [`${reason}: ${message}`];
  for (const { field, description } of violations) lines.push(`  ${field} ${description}`);
  if (kind && OF_MAPPING.has(reason))
    lines.push(`Say --map column=field. The fields of ${kind}: ${(await fieldsOf(kind)).join(", ")}`);
  return new Advice(lines.join("\n"));
}

const tell = (result: unknown) => console.log(JSON.stringify(result, undefined, 2));

async function undo(importId: string): Promise<Import> {
  const area = await areaWith(importId);
  return undoImport(area, importId);
}

async function bring(file: string, kind: string, options: ImportOptions): Promise<void> {
  const fileName = path.basename(file);
  const bar = progressBar();
  const state = await importFile(
    {
      kind,
      file: await blobOf(file),
      fileName,
      sourceSystem: options.system ?? "file",
      mapping: (options.map ?? []).map((each) => pair(each, "--map", "column=field")),
      replacements: (options.replace ?? []).map(replacement),
      format: { dateOrder: options["date-order"] ?? "", decimal: options.decimal ?? "" },
      dryRun: options["dry-run"] ?? false,
      afterSequence: options.after ?? "0",
    },
    bar.show,
  );
  bar.end();
  tell(state);
  await keepFailures(state, `${fileName}.failures.csv`);
}

async function blobOf(file: string): Promise<Blob> {
  try {
    if (!statSync(file).isFile()) throw new Advice("a folder");
    return await openAsBlob(file);
  } catch {
    throw new Advice(`${file} cannot be read.`);
  }
}

/** What was refused is handed back beside the caller, to be put right; and what looks like a double, to be left out. */
async function keepFailures({ importId, kind, counts, error }: Import, name: string): Promise<void> {
  if (error) {
    process.exitCode = 1;
    console.error(error);
  }
  const failed = numberOf(counts?.failedRows);
  const similar = numberOf(counts?.similarRows);
  if (failed + similar === 0) return;
  const area = await areaOf(kind);
  writeFileSync(name, Buffer.from(await (await area.failures(importId)).arrayBuffer()));
  const alike = similar > 0 ? `, and ${similar} look like what is here already` : "";
  console.error(`${failed} of ${counts?.readRows} rows were refused${alike}: ${name} holds them, and why.`);
  if (failed > 0) process.exitCode = 1;
}

/** An older gateway does not say all of them. */
const numberOf = (rows: string | undefined) => Number(rows ?? 0);

function pair(text: string, option: string, form: string): { column: string; field: string } {
  const at = text.lastIndexOf("=");
  if (at < 1) throw new Advice(`${option} takes ${form}, not "${text}".`);
  return { column: text.slice(0, at), field: text.slice(at + 1) };
}

/** column:from=to, as in product:GTXPro=GTX Pro */
function replacement(text: string): { column: string; from: string; to: string } {
  const [, column, from, to] = /^([^:]+):([^=]*)=(.*)$/s.exec(text) ?? [];
  if (column === undefined) throw new Advice(`--replace takes column:from=to, not "${text}".`);
  return { column, from: from ?? "", to: to ?? "" };
}
