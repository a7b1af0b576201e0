// Books of which somebody knows who is who: how well duplicates are found, how long it takes and what it needs.
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { importFile } from "@guanxi/cli/importing";
import { publicData } from "@guanxi/testkit/public-data";
import { parquetReadObjects } from "hyparquet";
import { scanBook } from "../../services/customer/src/duplicates/scan-book.ts";
import {
  type Agreement,
  agreementOf,
  comparedBook,
  csvOf,
  dayOf,
  GOLD_BOOKS,
  type GoldBook,
  goldBook,
  goldIsHere,
  type GoldPerson,
} from "../../services/customer/test/gold.ts";
import { startSystem, type System } from "../bench/system.ts";

/** R009: better than exact rules on every book, and through the front door with 5,000 and with 50,000 customers. */
export async function verifyDuplicates(): Promise<string> {
  if (!goldIsHere) return "not done: there is no ../shared/data/dedupe-febrl and dedupe-splink here";
  for (const name of GOLD_BOOKS) console.log(scannedHere(goldBook(name)));
  const large = await historicalFigures();
  console.log(scannedHere(large));
  for (const book of [goldBook("febrl3"), large]) console.log(await throughTheDoor(book));
  return `${GOLD_BOOKS.length + 1} books, each better than by exact rules`;
}

const shown = ({ precision, recall, f1 }: Agreement) =>
  `precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}, F1 ${f1.toFixed(4)}`;

function required(book: GoldBook, agreement: Agreement): string {
  const words = `${book.name}: ${book.people.length} records, ${shown(agreement)} (exact rules ${book.floor})`;
  if (agreement.f1 <= book.floor) throw new Error(`no better than exact rules: ${words}`);
  return words;
}

function scannedHere(book: GoldBook): string {
  const compared = comparedBook(book);
  const began = performance.now();
  const { pairs, counts } = scanBook("PERSON", compared);
  const joined = [...pairs].filter(({ cluster }) => cluster !== undefined);
  const took = performance.now() - began;
  const agreement = agreementOf(
    book,
    joined.map(({ a, b }) => [a.customerId, b.customerId]),
  );
  return `${required(book, agreement)}, ${counts.pairsCompared} pairs compared in ${(took / 1000).toFixed(1)} s`;
}

const FIGURES = "dedupe-splink/historical_figures_with_errors_50k.parquet";

/** Real people of Wikidata, each some ten times with errors; there is no figure of exact rules beside them but this one. */
async function historicalFigures(): Promise<GoldBook> {
  const { buffer, byteOffset, byteLength } = publicData(FIGURES).read();
  const file = buffer.slice(byteOffset, byteOffset + byteLength);
  const rows = (await parquetReadObjects({ file })) as Record<string, string | null>[];
  return { name: "historical figures", floor: 0.8, people: rows.map(historicalPerson) };
}

const historicalPerson = (row: Record<string, string | null>): GoldPerson => ({
  id: row.unique_id!,
  person: row.cluster!,
  name: row.first_and_surname || row.full_name || "-",
  legalName: row.full_name ?? "",
  birthDate: dayOf(row.dob ?? ""),
  email: "",
  street: "",
  street2: "",
  city: row.birth_place ?? "",
  postalCode: row.postcode_fake ?? "",
  own: ["occupation", row.occupation ?? ""],
});

async function throughTheDoor(book: GoldBook): Promise<string> {
  const system = await startSystem();
  try {
    await system.signIn();
    const key = book.people[0]!.own![0];
    await send(system, "POST", "fieldDefinitions", { key, type: "TYPE_TEXT", labels: { en: key } });
    const imported = await timed(() =>
      importFile({
        kind: "customer",
        sourceSystem: "crm",
        fileName: "people.csv",
        file: new Blob([csvOf(book)]),
      }),
    );
    const { readRows, failedRows } = imported.answer.counts!;
    if (Number(readRows) !== book.people.length || Number(failedRows) > 0)
      throw new Error(`${failedRows} of ${readRows} rows were refused`);
    const scan = await timed(() => scanned(system));
    const agreement = agreementOf(book, await pairsOf(system));
    const peak = peakOf(system.processes.customer!);
    return `through the front door ${required(book, agreement)}; ${JSON.stringify(scan.answer)}; imported in ${
      imported.seconds
    } s, scanned in ${scan.seconds} s, peak of the customer service ${peak}`;
  } finally {
    await system.stop();
  }
}

async function timed<T>(work: () => Promise<T>): Promise<{ answer: T; seconds: string }> {
  const began = performance.now();
  const answer = await work();
  return { answer, seconds: ((performance.now() - began) / 1000).toFixed(1) };
}

interface Scan {
  readonly duplicateScanId: string;
  readonly state: string;
  readonly error: string;
  readonly customerCount: number;
  readonly comparedCount: number;
  readonly keptCount: number;
  readonly newCount: number;
  readonly clusterCount: number;
  readonly splitCount: number;
  readonly leftOutCount: string;
}

const PATIENCE_MS = 600_000;

async function scanned(system: System): Promise<Omit<Scan, "duplicateScanId" | "state" | "error">> {
  const { duplicateScanId } = await send<Scan>(system, "POST", "duplicateScans", {});
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await pause(100)) {
    const scan = await send<Scan>(system, "GET", `duplicateScans/${duplicateScanId}`);
    if (scan.state === "STATE_RUNNING") continue;
    if (scan.state !== "STATE_COMPLETED") throw new Error(`the scan has ended ${scan.state}: ${scan.error}`);
    const { customerCount, comparedCount, keptCount, newCount, clusterCount, splitCount, leftOutCount } =
      scan;
    return { customerCount, comparedCount, keptCount, newCount, clusterCount, splitCount, leftOutCount };
  }
  throw new Error("the scan does not end");
}

async function send<T = unknown>(system: System, method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(`${system.gateway}/v1/${path}`, {
    method,
    headers: { authorization: await system.authorization(), "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

/** As their ids in the file, for which a list of 200 at a time would ask a thousand times. */
async function pairsOf({ admin }: System): Promise<[string, string][]> {
  const { rows } = await admin.query<{ a: string; b: string }>(`
    select a.key as a, b.key as b from customer.duplicate_pairs p
    join customer.customer_keys a on a.customer_id = p.customer_id and a.kind = 'external_ids.crm'
    join customer.customer_keys b on b.customer_id = p.other_customer_id and b.kind = 'external_ids.crm'
    where p.cluster_customer_id is not null`);
  return rows.map(({ a, b }) => [a, b]);
}

function peakOf(pid: number): string {
  const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? "0";
  return `${Math.round(Number(peak) / 1024)} MB`;
}
