import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startWarden } from "@guanxi/local/launch";
import { nats } from "@guanxi/local/nats";
import { startOnce } from "@guanxi/local/start-once";
import { freePort } from "./free-port.ts";

export type TestNats = {
  url: string;
  /** The folder with its streams, for accidents that happen to disks. */
  store: string;
  /** As by a power cut: kill -9. */
  kill: () => Promise<void>;
  /** On the same store and port, after a kill. */
  start: () => Promise<void>;
  /** For good: server and store are gone. */
  stop: () => Promise<void>;
};

/** A nats-server of its own for a test file; it ends with the test's process, however that ends. */
export async function startNats(): Promise<TestNats> {
  const store = mkdtempSync(path.join(tmpdir(), "guanxi-nats-"));
  const warden = startWarden();
  const { url, program } = nats({ store, port: await freePort() });
  let server = await startOnce(program, warden);
  return {
    url,
    store,
    kill: () => server.kill(),
    start: async () => void (server = await startOnce(program, warden)),
    stop: async () => {
      await server.stop();
      warden.pipe.end();
      rmSync(store, { recursive: true, force: true });
    },
  };
}
