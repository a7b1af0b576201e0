// What no API does, for tests that need it done: as the superuser, whom no policy binds.
import { openDb } from "@guanxi/kit/db";
import { readRunning } from "@guanxi/local/data-folder";
import { secret } from "@guanxi/local/secrets";
import { inject } from "vitest";

export async function sql<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
  const folder = inject("folder");
  const { value: password } = secret(folder, `postgres-${process.env.GUANXI_PG ?? "18"}`);
  const url = `postgres://postgres:${password}@127.0.0.1:${readRunning(folder)!.ports["postgres"]}/guanxi`;
  const db = await openDb({ service: "console-test", url, poolSize: 1 });
  try {
    return (await db.pool.query(text, values)).rows as Row[];
  } finally {
    await db.close();
  }
}
