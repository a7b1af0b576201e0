// Where a stream begins when the bus has nothing, or nothing any more.
import { ensureStream } from "@guanxi/bus/stream";
import { startNats } from "@guanxi/testkit/servers/nats";
import { jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { afterAll, expect, test } from "vitest";
import { openBus } from "../../services/gateway/src/stream-bus.ts";
import { startOf } from "../../services/gateway/src/stream-query.ts";

const nats = await startNats();
const stream = { stream: "GUANXI", replicas: 1, profile: "development", natsUrl: nats.url } as const;
await ensureStream(stream, () => undefined);
const bus = openBus({ natsUrl: nats.url, natsStream: "GUANXI" });
const publisher = await connect({ servers: nats.url });
const jsm = await jetstreamManager(publisher);
afterAll(async () => {
  await bus.close();
  await publisher.close();
  await nats.stop();
});

const subject = "guanxi.t.customer.v1.CustomerRegistered.p00";
const query = { topics: [], customerId: undefined, correlationId: undefined, since: undefined };

/** Begins where somebody has been, hears what is said then, and answers its place and whether there was a gap. */
async function heard(after: number | undefined) {
  const connected = await bus.connected();
  const { from, gap } = startOf({ ...query, after }, await connected.places());
  const feed = await connected.follow({ subject: "guanxi.t.>", from });
  const { seq } = await jsm.jetstream().publish(subject, "x");
  for await (const message of feed.messages) {
    feed.end();
    return { from, place: message.seq, said: seq, gap, until: feed.until };
  }
  throw new Error("the stream has ended");
}

test("an empty stream is followed from its first place, wherever one says one has been", async () => {
  expect(await heard(undefined)).toEqual({ from: 1, place: 1, said: 1, gap: false, until: 0 });
  for (const [after, gap] of [
    [0, false],
    [7, true],
  ] as const) {
    await jsm.streams.delete("GUANXI");
    await ensureStream(stream, () => undefined);
    expect(await heard(after)).toEqual({ from: 1, place: 1, said: 1, gap, until: 0 });
  }
});

test("of a purged stream one is told of a gap, unless one has had all of it", async () => {
  for (let more = 0; more < 4; more += 1) await jsm.jetstream().publish(subject, "x");
  await jsm.streams.purge("GUANXI"); // 1 to 5 are gone
  expect(await heard(5)).toEqual({ from: 6, place: 6, said: 6, gap: false, until: 0 });
  await jsm.streams.purge("GUANXI");
  expect(await heard(5)).toEqual({ from: 7, place: 7, said: 7, gap: true, until: 0 });
  expect(await heard(6)).toEqual({ from: 7, place: 7, said: 8, gap: false, until: 7 });
});
