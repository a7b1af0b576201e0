// A service is replaced while people work, and nobody notices: not one request fails, and none has to be asked again.
import { setTimeout as pause } from "node:timers/promises";
import { listUsers } from "@guanxi/client/gen/guanxi";
import { connect } from "@guanxi/client/send";
import { freePort } from "@guanxi/testkit/servers/free-port";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startBalancer } from "./balancer.ts";
import { answeredOf, compare } from "./comparison.ts";
import { allCustomers } from "./customers.ts";
import { startNameServer } from "./name-server.ts";
import { type Replica, startReplica } from "./replica.ts";
import { LONG, startSystem, type System } from "./rig.ts";
import { readStream } from "./stream.ts";
import { startWriters, type Writers } from "./writers.ts";

const WRITERS = 2;
const BETWEEN = 25; // writes that are acknowledged between one change and the next
const NAME = "customer.test";

// A service that starts in two seconds is waited for that long; on a busy machine it may take ten.
const PATIENT = { PATIENCE_MS: "60000", DEADLINE_MS: "60000" };
// Longer than the balancer takes to notice.
const DRAIN = { DRAIN_SECONDS: "1" };
/** It takes half a minute where nothing else runs. */
const BUSY = { timeout: 300_000 };

let system: System;
let writers: Writers;
let neighbour: ReturnType<typeof startNeighbour>;
const replicas = new Set<Replica>();
const closings: (() => unknown)[] = [];

beforeAll(async () => {
  system = await startSystem(PATIENT);
  writers = startWriters(WRITERS);
  neighbour = startNeighbour();
}, 120_000);
afterAll(async () => {
  await Promise.all([...replicas].map(stop));
  for (const close of closings) close();
  await system?.stop();
}, 60_000);

test("customer is restarted alone: whoever asks it waits, everybody else works on", BUSY, async () => {
  await work();
  const before = neighbour.answered();
  await system.restart("customer");
  expect(neighbour.answered()).toBeGreaterThan(before);
  await work();
});

test("customer and the gateway are replaced, the new one first", BUSY, async () => {
  const names = await closedInTheEnd(startNameServer());
  const balancer = await closedInTheEnd(startBalancer());
  const grpcPort = await freePort();
  const second = await begin("analytics", { GRPC_PORT: "0" }); // two read what two have said

  async function nextCustomer(old?: Placed): Promise<Placed> {
    const place = old?.place === "127.0.0.2" ? "127.0.0.3" : "127.0.0.2";
    const replica = await begin("customer", { HOST: place, GRPC_PORT: String(grpcPort) });
    names.tell(old ? [old.place, place] : [place]);
    if (old) {
      names.tell([place]); // as when a container is told to stop
      expect(await stop(old.replica)).toBe(0);
    }
    await work();
    return { place, replica };
  }

  async function nextGateway(old?: Replica): Promise<Replica> {
    const gateway = await begin("gateway", {
      HTTP_PORT: "0",
      GRPC_NODE_USE_ALTERNATIVE_RESOLVER: "true",
      CUSTOMER_GRPC_URL: `dns://${names.address}/${NAME}:${grpcPort}`,
    });
    await balancer.add(gateway);
    if (old) expect(await stop(old)).toBe(0);
    else connect({ url: balancer.url, token: () => system.token("lin") });
    await work();
    return gateway;
  }

  const customer = await nextCustomer();
  const gateway = await nextGateway();
  await system.restart("customer"); // it is not asked any more, but its relay led: now that of the replica does
  await nextCustomer(customer);
  await nextGateway(gateway);
  expect(await stop(second)).toBe(0);
  await work();
  connect({ url: system.url, token: () => system.token("lin") });
});

interface Placed {
  readonly place: string;
  readonly replica: Replica;
}

async function begin(name: string, variables: Record<string, string>): Promise<Replica> {
  const env = { ...system.environment(name), MANAGEMENT_PORT: "0", ...DRAIN, ...variables };
  const replica = await startReplica(name, env);
  replicas.add(replica);
  return replica;
}

function stop(replica: Replica): Promise<unknown> {
  replicas.delete(replica);
  return replica.stop();
}

async function closedInTheEnd<T extends { stop(): unknown }>(starting: Promise<T>): Promise<T> {
  const started = await starting;
  closings.push(() => started.stop());
  return started;
}

/** Goes on, and nobody has had to ask again so far. */
async function work(): Promise<void> {
  const goal = writers.acknowledged() + BETWEEN;
  await vi.waitUntil(() => writers.acknowledged() >= goal, LONG);
  expect(writers.again()).toBe(0);
}

test(
  "each acknowledged change is in the stream once, in its order, and nothing is left over",
  BUSY,
  async () => {
    await writers.stop();
    await neighbour.stop();
    await system.settled();
    const told = (await readStream(system.natsUrl)).filter(({ area }) => area === "customer");
    const said = told.map(({ meta }) => `${meta.causationId} ${meta.aggregateId} ${meta.version}`);
    const acknowledged = writers.outcomes.flatMap(({ key, answer }) =>
      answer ? [`${key} ${answer.customerId} ${answer.etag}`] : [],
    );
    expect(said.toSorted()).toEqual(acknowledged.toSorted());
    const answered = (await allCustomers(system)).map((each) =>
      answeredOf("guanxi.customer.v1.Customer", each),
    );
    const findings = compare(told, answered, "guanxi.customer.v1.Customer");
    expect(findings).toEqual({ lost: [], disordered: [], differing: [] });
    expect(await system.program("analytics", ["rebuild", "--check"])).not.toContain("DIFFERS");
    for (const service of ["identity", "customer", "sales", "analytics"])
      expect(await system.sql(`select * from ${service}.dead_letters`), service).toEqual([]);
    process.stdout.write(`${said.length} changes and ${neighbour.answered()} reads, none asked again\n`);
  },
);

/** Somebody who works with another service all the while. One request that fails is told at the end. */
function startNeighbour() {
  let answered = 0;
  const stopping = new AbortController();
  async function work(): Promise<void> {
    while (!stopping.signal.aborted) {
      await listUsers();
      answered++;
      await pause(5);
    }
  }
  const working = work();
  working.catch(() => undefined); // told by stop()
  return {
    answered: () => answered,
    stop() {
      stopping.abort();
      return working;
    },
  };
}
