import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { afterAll, expect, test } from "vitest";
import { startNats } from "./nats.ts";

const nats = await startNats();
afterAll(() => nats.stop());

test("a killed nats-server comes back on the same port with what it had acknowledged", async () => {
  const before = await connect({ servers: nats.url, reconnect: false });
  await (await jetstreamManager(before)).streams.add({ name: "KEPT", subjects: ["kept.*"] });
  await jetstream(before).publish("kept.one", "1");

  await nats.kill();
  await before.closed();
  await expect(connect({ servers: nats.url, reconnect: false })).rejects.toThrow(/refused/i);

  await nats.start();
  const after = await connect({ servers: nats.url });
  const { state } = await (await jetstreamManager(after)).streams.info("KEPT");
  expect(state.messages).toBe(1);
  await after.close();
});
