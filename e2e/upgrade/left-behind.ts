import { startWarden } from "@guanxi/local/launch";
import { postgres } from "@guanxi/local/postgres";
import { startOnce } from "@guanxi/local/start-once";
import { freePort } from "@guanxi/testkit/servers/free-port";
import { Client } from "pg";
import { readDump } from "./fixture.ts";

/** A data folder as a release has left it: its database is there, its stream is not. */
export const leftBehind = (release: string) => async (folder: string) => {
  const warden = startWarden();
  const major = process.env.GUANXI_PG ?? "18";
  const port = await freePort();
  const { program, url } = postgres({ folder, port, major, database: "guanxi", fsync: false });
  const server = await startOnce(program, warden);
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    await client.query(readDump(release));
  } finally {
    await client.end();
    await server.stop();
    warden.pipe.end();
  }
};
