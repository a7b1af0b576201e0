import { Client } from "pg";

export type Session = Awaited<ReturnType<typeof openSession>>;

const LEASE_MS = 5_000; // half of the role's idle_session_timeout: we stop well before another may start

export interface SessionOptions {
  readonly service: string;
  /** A direct connection as <service>_relay. */
  readonly databaseUrl: string;
  /** What it is for. */
  readonly use: "relay" | "jobs";
}

/** A session of its own: its locks end with it, and every answer renews the lease. */
export async function openSession({ service, databaseUrl, use }: SessionOptions) {
  const client = new Client({
    connectionString: databaseUrl,
    pipeline: true,
    // A connection whose other end has vanished says nothing by itself.
    connectionTimeoutMillis: LEASE_MS,
    query_timeout: LEASE_MS,
    application_name: `${service} ${use}`,
  });
  const { promise: lost, reject } = Promise.withResolvers<never>();
  lost.catch(() => undefined); // looked at by whoever holds the session
  client.on("error", reject);
  client.on("end", () => reject(new Error(`the session of the ${use} has ended`)));
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
      await client.end().catch(() => undefined); // it has ended by itself
    },
    /** Taken twice by one session, it is held twice. */
    async takeLock(name: string): Promise<boolean> {
      const text = "select pg_try_advisory_lock(hashtextextended($1, 0)) as taken";
      const [answer] = await ask<{ taken: boolean }>(text, [`${service} ${name}`]);
      return answer!.taken;
    },
    async giveLock(name: string): Promise<void> {
      await ask("select pg_advisory_unlock(hashtextextended($1, 0))", [`${service} ${name}`]);
    },
  };
}
