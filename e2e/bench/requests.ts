import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { inTurns, type Pace, type Side } from "./compare.ts";
import type { Job, Seen } from "./load.ts";
import { HEAD, ratioRow, rowOf, spending, table } from "./report.ts";
import { startHelper, startSystem, type System } from "./system.ts";

type What = Job["what"];

export interface RequestOptions extends Pace {
  readonly connections: number;
}

const GOALS = {
  read: "goals: 1.0 of the requests, at most 2 times the CPU",
  create: "goals: 1.0 of the requests, at most 3 times the CPU",
};
const TO_READ = 5_000;

/** Through the gateway, and the service alone, beside bare Express and pg. */
export async function benchRequests(what: What, options: RequestOptions): Promise<string> {
  const system = await startSystem();
  const load = await startHelper("load.ts");
  try {
    const asked = (job: Job) => ask(load.child, job);
    const ids = await makeCustomers(system, asked, options);
    const bare = await startBare(system);
    const job = async (rest: Pick<Job, "via" | "address" | "seconds">): Promise<Seen> =>
      asked({
        ...rest,
        what,
        ids,
        connections: options.connections,
        authorization: await system.authorization(),
      });
    const settled = () => drained(system);
    const { ports, processes } = system;
    const postgres = processes.postgres!;
    const sides: Side[] = [
      {
        name: "Guanxi, through the gateway",
        processes,
        settled,
        run: (seconds) => job({ via: "http", address: system.gateway, seconds }),
      },
      {
        name: "bare express + pg",
        processes: { express: bare.child.pid!, postgres },
        run: (seconds) => job({ via: "http", address: `http://127.0.0.1:${bare.first}`, seconds }),
      },
      {
        name: "the customer service alone",
        processes,
        settled,
        run: (seconds) => job({ via: "grpc", address: `127.0.0.1:${ports.customer}`, seconds }),
      },
    ];
    const text = report(what, sides, await inTurns(sides, options));
    bare.stop();
    return text;
  } finally {
    load.stop();
    await system.stop();
  }
}

type Samples = Awaited<ReturnType<typeof inTurns>>;

function report(what: What, sides: readonly Side[], samples: Samples): string {
  const [ours, bare, service] = samples as [Samples[0], Samples[0], Samples[0]];
  return [
    table(HEAD, [
      ...sides.map(({ name }, index) => rowOf(name, samples[index]!)),
      ratioRow("Guanxi ÷ bare", ours, bare),
      ratioRow("service ÷ bare", service, bare),
    ]),
    `  ${GOALS[what]}`,
    `  µs of one request through the gateway: ${spending(ours.map(({ cpu }) => cpu))}`,
    `  µs of one bare request: ${spending(bare.map(({ cpu }) => cpu))}`,
    `  of single pairs: ${ours.map((sample, index) => (sample.perSecond / bare[index]!.perSecond).toFixed(2)).join(" ")}`,
  ].join("\n");
}

async function ask(load: Awaited<ReturnType<typeof startHelper>>["child"], job: Job): Promise<Seen> {
  load.send(job);
  const [{ seen, error }] = (await once(load, "message")) as [{ seen?: Seen; error?: string }];
  if (!seen) throw new Error(error);
  return seen;
}

/** Both sides have the same rows; whoever reads, reads one of them. */
async function makeCustomers(
  system: System,
  asked: (job: Job) => Promise<Seen>,
  { connections }: RequestOptions,
) {
  const job = {
    via: "http",
    address: system.gateway,
    what: "create",
    connections,
    seconds: 300,
    most: TO_READ,
  } as const;
  const { ids } = await asked({ ...job, authorization: await system.authorization(), ids: [] });
  await drained(system);
  await system.admin.query(`
    create schema bench;
    create table bench.customers (like customer.customers including all);
    insert into bench.customers select * from customer.customers;`);
  await system.admin.query("vacuum analyze");
  return ids;
}

async function startBare({ admin, adminUrl }: System) {
  const { rows } = await admin.query("select tenant_id from bench.customers limit 1");
  return startHelper<number>("bare.ts", adminUrl, (rows as { tenant_id: string }[])[0]!.tenant_id);
}

/** The relay has published all, and the copies of the others have it. */
async function drained({ admin }: System): Promise<void> {
  for (let left = true; left; await pause(20)) {
    const { rowCount } = await admin.query("select from customer.outbox limit 1");
    left = rowCount !== 0;
  }
}
