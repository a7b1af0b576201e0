import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startWarden } from "@guanxi/local/launch";
import { postgres } from "@guanxi/local/postgres";
import { startOnce } from "@guanxi/local/start-once";
import { freePort } from "./free-port.ts";

export type TestPostgres = { adminUrl: string; stop: () => Promise<void> };

/** A Postgres for a whole run, fast because its data may be lost; it ends with the run, however that ends. */
export async function startPostgres(major: string): Promise<TestPostgres> {
  const folder = mkdtempSync(path.join(tmpdir(), "guanxi-postgres-"));
  const port = await freePort();
  const warden = startWarden();
  const { program, url } = postgres({ folder, port, major, database: "postgres", fsync: false });
  const server = await startOnce(program, warden);
  return {
    adminUrl: url,
    stop: async () => {
      await server.stop();
      warden.pipe.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
