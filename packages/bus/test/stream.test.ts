import { startNats } from "@guanxi/testkit/servers/nats";
import { jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { afterAll, expect, test, vi } from "vitest";
import { ensureStream } from "../src/stream.ts";

const nats = await startNats();
afterAll(() => nats.stop());
const warn = vi.fn<(what: string) => void>();
const options = { natsUrl: nats.url, stream: "GUANXI", replicas: 1, profile: "development" } as const;

test("the stream is made once, however many services begin together, and gets the settings of this version", async () => {
  await Promise.all([1, 2, 3].map(() => ensureStream(options, warn)));
  const connection = await connect({ servers: nats.url });
  const jsm = await jetstreamManager(connection);
  await jsm.streams.update("GUANXI", { duplicate_window: 1e9 });
  await ensureStream(options, warn);
  const { config } = await jsm.streams.info("GUANXI");
  expect(warn).not.toHaveBeenCalled();
  expect(config).toMatchObject({ subjects: ["guanxi.>"], discard: "new", duplicate_window: 600e9 });
  await connection.close();
});

test("production refuses a server that may lose what it has acknowledged", async () => {
  const connection = await connect({ servers: nats.url });
  const version = connection.info!.version;
  await connection.close();
  const starting = ensureStream({ ...options, profile: "production" }, warn);
  if (version.localeCompare("2.10.23", "en", { numeric: true }) < 0)
    await expect(starting).rejects.toThrow(`NATS is ${version}: the profile production needs 2.10.23`);
  else await expect(starting).resolves.toBeUndefined();
});
