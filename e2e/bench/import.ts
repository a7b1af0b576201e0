// A year of orders through the gateway, until analytics has read them, against COPY of the same lines into a table.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Import, querySalesFigures } from "@guanxi/client/gen/guanxi";
import { importFile } from "@guanxi/cli/importing";
import { customersOf, LINES, ordersOf, type Retail, retailIn } from "../imports/retail.ts";
import { knowing } from "../smoke/wait.ts";
import { median } from "./compare.ts";
import { cpuOf, sum } from "./cpu.ts";
import { hundredths, spending, table, tenths, whole } from "./report.ts";
import { startSystem, type System } from "./system.ts";

interface Taken {
  readonly perSecond: number;
  /** Microseconds per line, by process, until analytics has read all. */
  readonly spent: Readonly<Record<string, number>>;
}

interface Imported extends Taken {
  readonly seconds: Readonly<Record<"written" | "published" | "read", number>>;
  /** Of sales, in megabytes. */
  readonly memory: number;
}

interface Pair {
  readonly copied: Taken;
  readonly imported: Imported;
}

/** Each pair on a system of its own, for orders that are there already are another matter. */
export async function benchImport({ pairs }: { pairs: number }): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), "guanxi-retail-"));
  try {
    const retail = await retailIn(folder);
    const done: Pair[] = [];
    for (let pair = 0; pair < pairs; pair++) done.push(await pairOf(retail));
    return report(retail, done);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function pairOf(retail: Retail): Promise<Pair> {
  const system = await startSystem();
  try {
    await system.signIn();
    const customers = await importFile(customersOf(retail));
    const copied = await copy(system, retail);
    return { copied, imported: await take(system, retail, customers.lastSequence) };
  } finally {
    await system.stop();
  }
}

/** As somebody would keep lines who keeps nothing else; the server reads the file itself, which is COPY at its fastest. */
async function copy({ admin, processes }: System, retail: Retail): Promise<Taken> {
  await admin.query(`
    create schema bench;
    create table bench.order_lines (
      tenant_id uuid not null default gen_random_uuid(), line_id bigint generated always as identity primary key,
      order_number text not null, product_code text not null, description text not null, quantity numeric not null,
      order_time timestamptz not null, list_price numeric not null, customer text, region_name text not null);
    create index on bench.order_lines (customer);
    create index on bench.order_lines (product_code);
    create index on bench.order_lines (order_time);
    create index on bench.order_lines (order_number)`);
  const { postgres } = processes as { postgres: number };
  const before = cpuOf({ postgres });
  const begin = performance.now();
  await admin.query(`copy bench.order_lines (order_number, product_code, description, quantity, order_time, list_price,
    customer, region_name) from '${retail.path}' (format csv, header, force_not_null (description))`);
  const perSecond = LINES / ((performance.now() - begin) / 1000);
  return { perSecond, spent: since(before, cpuOf({ postgres })) };
}

async function take({ processes }: System, retail: Retail, afterSequence: string): Promise<Imported> {
  const before = cpuOf(processes);
  const begin = performance.now();
  const seconds = () => (performance.now() - begin) / 1000;
  let written = 0;
  const watch = ({ state }: Import) => {
    if (state !== "STATE_RUNNING") written ||= seconds();
  };
  const { counts, lastSequence } = await importFile(await ordersOf(retail, afterSequence), watch);
  const published = seconds();
  if (counts?.createdRows !== String(LINES)) throw new Error(`not all was taken: ${JSON.stringify(counts)}`);
  await knowing(lastSequence, () => querySalesFigures());
  return {
    perSecond: LINES / written,
    spent: since(before, cpuOf(processes)),
    seconds: { written, published, read: seconds() },
    memory: peakOf(processes["sales"]!),
  };
}

const since = (before: Record<string, number>, after: Record<string, number>) =>
  Object.fromEntries(Object.entries(after).map(([name, spent]) => [name, (spent - before[name]!) / LINES]));

function peakOf(pid: number): number {
  const [, kilobytes] = /VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))!;
  return Number(kilobytes) / 1024;
}

function report({ isReal }: Retail, pairs: readonly Pair[]): string {
  const middle = (of: (pair: Pair) => number) => median(pairs.map(of));
  const cpu = ({ spent }: Taken) => sum(Object.values(spent));
  const speeds = table(
    ["", "lines/s", "µs CPU each"],
    [
      [
        "import",
        whole(middle(({ imported }) => imported.perSecond)),
        tenths(middle(({ imported }) => cpu(imported))),
      ],
      [
        "indexed COPY",
        whole(middle(({ copied }) => copied.perSecond)),
        tenths(middle(({ copied }) => cpu(copied))),
      ],
      [
        "ratio",
        hundredths(middle(({ imported, copied }) => imported.perSecond / copied.perSecond)),
        hundredths(middle(({ imported, copied }) => cpu(imported) / cpu(copied))),
      ],
    ],
  );
  const at = (what: keyof Imported["seconds"]) => tenths(middle(({ imported }) => imported.seconds[what]));
  return [
    ...(isReal ? [] : ["  There is no ../shared/data here: these lines are made up, of the same shape."]),
    speeds,
    `  each pair: ${pairs.map(({ imported, copied }) => hundredths(imported.perSecond / copied.perSecond)).join(", ")}`,
    `  written after ${at("written")} s, published after ${at("published")} s, read by analytics after ${at("read")} s`,
    `  memory of sales at most ${whole(middle(({ imported }) => imported.memory))} MB`,
    `  µs CPU per line: ${spending(pairs.map(({ imported }) => imported.spent))}`,
  ].join("\n");
}
