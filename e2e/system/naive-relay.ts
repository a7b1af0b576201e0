// What a relay must not do: it remembers how far it has come and asks for what is behind. A change whose position was
// given first and which commits last is never asked for. Only tests lead with it.
import { setTimeout as pause } from "node:timers/promises";
import { jetstream } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { Client } from "pg";

interface Entry {
  readonly position: string;
  readonly event_id: string;
  readonly subject: string;
  readonly payload: Buffer;
}

interface Leading {
  stop(): Promise<void>;
}

interface NaiveOptions {
  readonly service: string;
  /** As the superuser, who may end the session of the relay that leads. */
  readonly adminUrl: string;
  readonly natsUrl: string;
}

/** Takes the leadership from the true relay, which stands by from then on. */
export async function leadNaively({ service, adminUrl, natsUrl }: NaiveOptions): Promise<Leading> {
  const session = new Client({ connectionString: adminUrl });
  await session.connect();
  const nats = await connect({ servers: natsUrl });
  while (!(await takeOver(session, service))) await pause(5);
  const stopping = new AbortController();
  const done = follow();

  async function follow(): Promise<void> {
    const js = jetstream(nats);
    let last = "0";
    while (!stopping.signal.aborted) {
      const text = `select position, event_id, subject, payload from ${service}.outbox where position > $1 order by 1`;
      const { rows } = await session.query<Entry>(text, [last]);
      for (const { event_id, subject, payload } of rows)
        await js.publish(subject, payload, { msgID: event_id });
      last = rows.at(-1)?.position ?? last;
      await pause(1);
    }
  }
  return {
    async stop() {
      stopping.abort();
      await done;
      await nats.close();
      await session.end();
    },
  };
}

async function takeOver(session: Client, service: string): Promise<boolean> {
  const lock = `hashtextextended('${service} relay', 0)`;
  await session.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and application_name = '${service} relay'`,
  );
  const { rows } = await session.query<{ taken: boolean }>(`select pg_try_advisory_lock(${lock}) as taken`);
  return rows[0]!.taken;
}
