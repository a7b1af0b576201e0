// A gateway that is killed twenty times while somebody reads: they come back by the place they had, as a browser does.
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "@guanxi/testkit/servers/free-port";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listen, type Told } from "./listen.ts";
import { type Rig, startRig } from "./rig.ts";

const KILLS = 20;
const MOST_MS = 400;

let rig: Rig;
beforeAll(async () => void (rig = await startRig()));
afterAll(() => rig.stop());

type Person = Awaited<ReturnType<Rig["company"]>>["lin"];

/** Comes back again and again until it is told to stop, and keeps all that it has heard. */
function reader({ fresh }: Person, url: string) {
  const heard: Told[] = [];
  let lastId = "";
  const state = { stopped: false };
  async function once(): Promise<void> {
    const headers = { authorization: `Bearer ${await fresh()}`, ...(lastId && { "last-event-id": lastId }) };
    const stream = await listen(url, headers, (told) => heard.push(told));
    const look = setInterval(() => state.stopped && stream.close(), 20);
    await stream.over;
    clearInterval(look);
    lastId = stream.lastId() ?? lastId;
  }
  const done = (async () => {
    while (!state.stopped) await once().catch(() => pause(20));
  })();
  return {
    places: () => heard.filter(({ id }) => id).map(({ data }) => data.meta.aggregateId as string),
    isHere: () => heard.some(({ event }) => event === "caught-up"),
    async stop() {
      state.stopped = true;
      await done;
    },
  };
}

test("no event is lost and none comes twice", { timeout: 300_000 }, async () => {
  const { tenantId, lin } = await rig.company();
  const port = await freePort();
  let gateway = await rig.startProcess(port);
  const reading = reader(lin, `http://127.0.0.1:${port}/v1/stream?topics=customer`);
  while (!reading.isHere()) await pause(20);

  const told: string[] = [];
  const pen = { writing: true };
  const written = (async () => {
    while (pen.writing) {
      told.push(randomUUID());
      await rig.tell(tenantId, told.at(-1)!);
      await pause(10);
    }
  })();
  for (let kill = 0; kill < KILLS; kill += 1) {
    await pause(Math.random() * MOST_MS);
    await gateway.kill();
    gateway = await rig.startProcess(port);
  }
  pen.writing = false;
  await written;
  await rig.published();
  const end = performance.now() + 30_000;
  while (reading.places().length < told.length && performance.now() < end) await pause(50);
  await pause(300); // what came twice would come now
  await reading.stop();
  await gateway.kill();
  expect(reading.places()).toEqual(told);
});
