import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { median, type Pace } from "./compare.ts";
import { cpuOf, type Processes, sum } from "./cpu.ts";
import { fill, prepare, SERVICE, urlOf } from "./drain.ts";
import { type Delays, delaysOf, ours, raw } from "./latency.ts";
import { hundredths, spending, table, tenths, whole } from "./report.ts";
import { startHelper, startSystem, type System } from "./system.ts";

const EVENTS = 20_000;
const PER_SECOND = 200;

interface Speed {
  readonly perSecond: number;
  /** Microseconds per event, by process. */
  readonly spent: Readonly<Record<string, number>>;
}

interface Pair<T> {
  readonly ours: T;
  readonly raw: T;
}

/** How fast an outbox is emptied, and how soon a reader knows of a commit. */
export async function benchRelay(pace: Pace): Promise<string> {
  const system = await startSystem();
  try {
    await prepare(system, EVENTS);
    const relay = await startHelper("relay-process.ts", SERVICE, urlOf(system, "relay"), system.natsUrl);
    const drains = await drainsOf(system, relay.child.pid!, pace);
    const delays = await allDelays(system, pace);
    relay.stop();
    return `${drainReport(drains)}\n\n${delayReport(delays)}`;
  } finally {
    await system.stop();
  }
}

async function drainsOf(system: System, relay: number, { pairs }: Pace): Promise<Pair<Speed>[]> {
  const { child, stop } = await startHelper("publisher-process.ts", system.adminUrl, system.natsUrl);
  const { postgres, nats } = system.processes as { postgres: number; nats: number };
  const publish = async () => {
    child.send("go");
    await once(child, "message");
  };
  const found: Pair<Speed>[] = [];
  for (let pair = 0; pair <= pairs; pair++) {
    await fill(system);
    const drained = await speedOf({ relay, postgres, nats }, () => empty(system));
    const published = await speedOf({ publisher: child.pid!, nats }, publish);
    if (pair > 0) found.push({ ours: drained, raw: published }); // the first one warms up
  }
  stop();
  return found;
}

async function speedOf(processes: Processes, work: () => Promise<void>): Promise<Speed> {
  const before = cpuOf(processes);
  const begin = performance.now();
  await work();
  const perSecond = (EVENTS * 1000) / (performance.now() - begin);
  const after = cpuOf(processes);
  const each = Object.entries(after).map(
    ([name, spent]) => [name, (spent - before[name]!) / EVENTS] as const,
  );
  return { perSecond, spent: Object.fromEntries(each) };
}

async function empty({ admin }: System): Promise<void> {
  for (let left = 1; left > 0; await pause(10)) {
    const { rowCount } = await admin.query("select from drain.outbox limit 1");
    left = rowCount ?? 0;
  }
}

async function allDelays(system: System, { pairs, seconds }: Pace): Promise<Pair<Delays>[]> {
  await system.admin.query("vacuum drain.outbox");
  const found: Pair<Delays>[] = [];
  const pace = { perSecond: PER_SECOND, seconds };
  for (let pair = 0; pair <= pairs; pair++) {
    found.push({
      ours: await delaysOf((arrived) => ours(system, arrived), { ...pace, fromCommit: true }),
      raw: await delaysOf((arrived) => raw(system, arrived), { ...pace, fromCommit: false }),
    });
  }
  return found.slice(1);
}

const total = ({ spent }: Speed) => sum(Object.values(spent));

function drainReport(pairs: readonly Pair<Speed>[]): string {
  const of = (side: keyof Pair<Speed>) => pairs.map((pair) => pair[side]);
  const row = (name: string, speeds: readonly Speed[]) => [
    name,
    whole(median(speeds.map(({ perSecond }) => perSecond))),
    whole(median(speeds.map(total))),
  ];
  const ratio = (value: (speed: Speed) => number) =>
    hundredths(median(pairs.map((pair) => value(pair.ours) / value(pair.raw))));
  return [
    table(
      [`an outbox of ${EVENTS} events`, "events/s", "µs CPU each"],
      [
        row("relay: outbox to stream and log", of("ours")),
        row("raw publish with message id, 500 in flight", of("raw")),
        ["relay ÷ raw", ratio(({ perSecond }) => perSecond), ratio(total)],
      ],
    ),
    "  goal: 0.85 of the events",
    `  µs of one relayed event: ${spending(of("ours").map(({ spent }) => spent))}`,
    `  µs of one raw event: ${spending(of("raw").map(({ spent }) => spent))}`,
  ].join("\n");
}

function delayReport(pairs: readonly Pair<Delays>[]): string {
  const row = (name: string, side: keyof Pair<Delays>) => [
    name,
    tenths(median(pairs.map((pair) => pair[side].p50))),
    tenths(median(pairs.map((pair) => pair[side].p99))),
  ];
  const ratio = (of: keyof Delays) => hundredths(median(pairs.map((pair) => pair.ours[of] / pair.raw[of])));
  return [
    table(
      [`${PER_SECOND} a second`, "p50 ms", "p99 ms"],
      [
        row("from the commit to the reader", "ours"),
        row("from a raw publish to its consumer", "raw"),
        ["reader ÷ raw", ratio("p50"), ratio("p99")],
      ],
    ),
    "  goals: p50 2 ms, p99 3 times the raw one",
  ].join("\n");
}
