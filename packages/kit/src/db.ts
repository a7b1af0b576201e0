import { setTimeout as pause } from "node:timers/promises";
import { type Pool, types as parsers } from "pg";
import { DataSource } from "typeorm";
import type { PostgresDriver } from "typeorm/driver/postgres/PostgresDriver.js";

export interface Db {
  readonly service: string;
  readonly pool: Pool;
  /** Tells the relay that there is something to do, at once, but not more often than it helps. */
  wake(): void;
  close(): Promise<void>;
}

export interface DbOptions {
  readonly service: string;
  readonly url: string;
  readonly poolSize?: number;
}

const BETWEEN_WAKES_MS = 5;

export async function openDb({ service, url, poolSize = 10 }: DbOptions): Promise<Db> {
  const extra = { pipeline: true, types: { getTypeParser }, connectionTimeoutMillis: 5_000 };
  const applicationName = `guanxi ${service}`;
  const source = new DataSource({ type: "postgres", url, poolSize, extra, applicationName });
  await source.initialize();
  const pool = (source.driver as PostgresDriver).master as Pool;
  // The pool listens to idle ones only: one that dies in the midst of a transaction would end the process. Its next
  // statement fails all the same.
  pool.on("acquire", (client) => client.off("error", ignore).on("error", ignore));

  // Outside the business transaction: NOTIFY holds one lock of the whole cluster until its transaction has committed,
  // and would make all writers commit one after another. Without waiting for the disk: a lost wake costs one poll.
  const notify = `begin; set local synchronous_commit = off; notify ${service}_outbox; commit`;
  let notifying = false;
  let again = false;

  async function sendNotify() {
    notifying = true;
    while (again) {
      again = false;
      await pool.query(notify).catch(() => undefined); // the relay's slow poll finds it all the same
      await pause(BETWEEN_WAKES_MS);
    }
    notifying = false;
  }

  return {
    service,
    pool,
    wake() {
      again = true;
      if (!notifying) void sendNotify();
    },
    close: () => source.destroy(),
  };
}

const ignore = () => undefined;

/** bigint is a BigInt and date its text; the driver would give text and a local midnight. */
function getTypeParser(type: number, format: "text" | "binary" = "text") {
  if (type === parsers.builtins.INT8) return BigInt;
  if (type === parsers.builtins.DATE) return String;
  return parsers.getTypeParser(type, format);
}
