import { Client } from "pg";
import { Gauge, register } from "prom-client";

export type Session = Awaited<ReturnType<typeof openSession>>;

const LEASE_MS = 5_000; // half of the role's idle_session_timeout: we stop well before another may start

const leading = new Gauge({
  name: "relay_leading",
  help: "1 in the process whose relay publishes for the service",
  labelNames: ["service"],
  registers: [register],
});

/** The relay's session: its lock is the leadership, and every answer renews the lease. */
export async function openSession({ service, databaseUrl }: { service: string; databaseUrl: string }) {
  const client = new Client({
    connectionString: databaseUrl,
    pipeline: true,
    // A connection whose other end has vanished says nothing by itself.
    connectionTimeoutMillis: LEASE_MS,
    query_timeout: LEASE_MS,
    application_name: `${service} relay`,
  });
  const { promise: lost, reject } = Promise.withResolvers<never>();
  lost.catch(() => undefined); // looked at by the relay
  client.on("error", reject);
  client.on("end", () => reject(new Error("the relay's session has ended")));
  await client.connect();
  await client.query(`listen ${service}_outbox`);
  let leaseEnd = 0;

  async function ask<R>(text: string, values: unknown[] = []): Promise<R[]> {
    const sent = performance.now();
    const { rows } = await client.query({ text, values });
    leaseEnd = Math.max(leaseEnd, sent + LEASE_MS);
    return rows as R[];
  }

  return {
    ask,
    lost,
    onWake: (wake: () => void) => void client.on("notification", wake),
    holdsLease: () => performance.now() < leaseEnd,
    async end() {
      leading.set({ service }, 0);
      await client.end().catch(() => undefined); // it has ended by itself
    },
    async takeLock(): Promise<boolean> {
      const text = "select pg_try_advisory_lock(hashtextextended($1, 0)) as taken";
      const [answer] = await ask<{ taken: boolean }>(text, [`${service} relay`]);
      leading.set({ service }, answer!.taken ? 1 : 0);
      return answer!.taken;
    },
  };
}
