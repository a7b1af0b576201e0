// The load, in a process of its own: `fork`ed, it gets jobs as messages and answers each with what it has seen.
import { grpcCalls } from "./grpc-load.ts";
import { httpConnection } from "./http-load.ts";
import { aCustomer } from "./customers.ts";

export interface Job {
  readonly via: "http" | "grpc";
  /** http://host:port, or host:port for gRPC. */
  readonly address: string;
  readonly what: "read" | "create";
  readonly authorization: string;
  readonly connections: number;
  readonly seconds: number;
  /** Ends before the time is up once so many are done. */
  readonly most?: number;
  /** Whom to read. */
  readonly ids: readonly string[];
}

export interface Seen {
  readonly count: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Of those that were created over HTTP. */
  readonly ids: readonly string[];
}

type One = () => Promise<string | undefined>;

async function perform(job: Job): Promise<Seen> {
  const { ones, close } = await open(job);
  const delays: number[] = [];
  const ids: string[] = [];
  const { seconds, most = Number.POSITIVE_INFINITY } = job;
  const begin = performance.now();
  const keepAsking = async (one: One) => {
    for (
      let now = performance.now();
      now - begin < seconds * 1000 && delays.length < most;
      now = performance.now()
    ) {
      const id = await one();
      if (id) ids.push(id);
      delays.push(performance.now() - now);
    }
  };
  await Promise.all(ones.map(keepAsking));
  const taken = (performance.now() - begin) / 1000;
  close();
  delays.sort((a, b) => a - b);
  const part = (share: number) => delays[Math.floor(delays.length * share)] ?? Number.NaN;
  return { count: delays.length, perSecond: delays.length / taken, p50: part(0.5), p99: part(0.99), ids };
}

async function open(job: Job): Promise<{ ones: One[]; close(): void }> {
  const each = Array.from({ length: job.connections });
  if (job.via === "grpc") {
    // One HTTP/2 connection carries them all, as the gateway has it.
    const calls = grpcCalls(job.address, job.authorization);
    const one = async () => {
      await (job.what === "read" ? calls.read(anId(job)) : calls.create());
      return undefined;
    };
    return { ones: each.map(() => one), close: calls.close };
  }
  const connections = await Promise.all(each.map(() => httpConnection(job.address, job.authorization)));
  const ones = connections.map(({ send }) => async () => {
    const { status, body } = await send(requestOf(job));
    if (status !== 200) throw new Error(`${job.address} answered ${status}: ${body}`);
    return job.what === "create" ? (JSON.parse(body) as { customerId: string }).customerId : undefined;
  });
  return { ones, close: () => connections.forEach((connection) => connection.close()) };
}

function requestOf(job: Job) {
  if (job.what === "create")
    return { method: "POST", path: "/v1/customers", body: JSON.stringify(aCustomer()) } as const;
  return { method: "GET", path: `/v1/customers/${anId(job)}` } as const;
}

const anId = ({ ids }: Job) => ids[Math.floor(Math.random() * ids.length)]!;

process.on("message", (job: Job) => {
  perform(job).then(
    (seen) => process.send?.({ seen }),
    (error: Error) => process.send?.({ error: error.stack }),
  );
});
process.on("disconnect", () => process.exit());
process.send?.("ready");
