// GET /v1/stream: what happens, to those who may know it, by a real gateway, identity and bus.
import { randomUUID } from "node:crypto";
import { get, type IncomingMessage } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { type ContactPoint, ContactPoint_Kind } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import { jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { type Listening, named } from "./listen.ts";
import { grant, type Rig, startRig } from "./rig.ts";

const READ = [{ resource: "customer", action: "read" }];
const READ_PERSONAL = [...READ, { resource: "customer", action: "read_personal" }];

let rig: Rig;
beforeAll(async () => void (rig = await startRig()));
afterEach(() => rig.closeAll());
afterAll(() => rig.stop());

const until = (holds: () => void) => vi.waitFor(holds, { timeout: 10_000, interval: 20 });
const ids = () => Array.from({ length: 5 }, () => randomUUID());

async function changeStream(work: (jsm: Awaited<ReturnType<typeof jetstreamManager>>) => Promise<unknown>) {
  const nats = await connect({ servers: rig.identity.nats.url });
  await work(await jetstreamManager(nats));
  await nats.close();
}

test("new events come in their order, each with what it says, and nothing that was there before", async () => {
  const { tenantId, lin } = await rig.company();
  await rig.tell(tenantId, randomUUID());
  await rig.published();
  const stream = await lin.listen("?topics=customer");
  expect([stream.status, stream.type]).toEqual([200, "text/event-stream; charset=utf-8"]);
  await until(() => expect(named(stream, "caught-up")).toHaveLength(1));
  expect(stream.retryMs()).toBe(2_000);
  const customerIds = ids();
  for (const id of customerIds) await rig.tell(tenantId, id);
  await rig.tell(tenantId, customerIds[0]!, { displayName: "晨光国际" }, rig.updated);
  await until(() => expect(stream.told).toHaveLength(7));
  expect(stream.told.map(({ event }) => event)).toEqual([
    "caught-up",
    ...customerIds.map(() => "CustomerRegistered"),
    "CustomerChanged",
  ]);
  const [{ id: place, data }] = stream.told.slice(-1) as [(typeof stream.told)[0]];
  expect(data).toMatchObject({
    type: "guanxi.customer.v1.CustomerChanged",
    subject: expect.stringMatching(`^guanxi.${tenantId}.customer.v1.CustomerChanged.p\\d\\d$`),
    sequence: place,
    meta: {
      tenantId,
      aggregateId: customerIds[0],
      version: 2,
      customerId: customerIds[0],
      origin: "ORIGIN_LIVE",
    },
    state: { customerId: customerIds[0], displayName: "晨光国际", kind: "KIND_ORGANISATION" },
    changedFields: ["displayName"],
    previous: { displayName: "晨光贸易" },
    facts: {},
  });
});

test("whoever comes back by Last-Event-ID has had everything once", async () => {
  const { tenantId, lin } = await rig.company();
  const first = await lin.listen();
  await until(() => expect(named(first, "caught-up")).toHaveLength(1));
  first.close(); // before it has been told of anything
  const customerIds = ids();
  for (const id of customerIds) await rig.tell(tenantId, id);
  await rig.published();
  const second = await lin.listen("?topics=customer", { "last-event-id": first.lastId()! });
  await until(() => expect(named(second, "caught-up")).toHaveLength(1));
  expect(named(second, "CustomerRegistered").map(({ data }) => data.meta.aggregateId)).toEqual(customerIds);
  expect(second.told.at(-1)!.event).toBe("caught-up");
  const third = await lin.listen(`?lastEventId=${second.told[2]!.id}`);
  await until(() => expect(named(third, "caught-up")).toHaveLength(1));
  expect(named(third, "CustomerRegistered").map(({ data }) => data.meta.aggregateId)).toEqual(
    customerIds.slice(3),
  );
});

test("a time to begin at, a customer, a chain of causes and a kind of event each leave the rest out", async () => {
  const { tenantId, lin } = await rig.company();
  const customerIds = ids();
  for (const id of customerIds) await rig.tell(tenantId, id);
  await rig.published();
  await pause(20);
  const since = new Date();
  for (const id of customerIds.slice(0, 2))
    await rig.tell(tenantId, id, { displayName: "晨光" }, rig.updated);
  await rig.published();
  const heard = async (query: string) => {
    const stream = await lin.listen(query);
    await until(() => expect(named(stream, "caught-up")).toHaveLength(1));
    return stream.told.filter(({ event }) => event.startsWith("Customer"));
  };
  const long = new Date(since.getTime() - 60_000).toISOString();
  const of = (told: Awaited<ReturnType<typeof heard>>) =>
    told.map(({ event, data }) => [event, data.meta.aggregateId]);
  const late = await heard(`?since=${since.toISOString()}`);
  expect(of(late)).toEqual(customerIds.slice(0, 2).map((id) => ["CustomerChanged", id]));
  expect(of(await heard(`?since=${long}&topics=customer.CustomerChanged`))).toEqual(of(late));
  const one = customerIds[0]!;
  expect(of(await heard(`?since=${long}&customerId=${one.toUpperCase()}`))).toEqual([
    ["CustomerRegistered", one],
    ["CustomerChanged", one],
  ]);
  const { correlationId } = late[1]!.data.meta as { correlationId: string };
  expect(of(await heard(`?since=${long}&correlationId=${correlationId}`))).toEqual(of(late).slice(1));
  expect(of(await heard(`?since=${long}&topics=identity,customer.CustomerChanged`))).toEqual(of(late));
});

test("nobody sees events of another company, nor what they may not read; and what tells who somebody is only by its right", async () => {
  const [own, other] = [await rig.company(), await rig.company()];
  const [seller, reader, stranger] = [
    await own.join(READ_PERSONAL),
    await own.join(READ),
    await own.join([{ resource: "order", action: "*" }]),
  ];
  const streams = await Promise.all([seller, reader, stranger, other.lin].map((person) => person.listen()));
  await until(() => streams.forEach((stream) => expect(named(stream, "caught-up")).toHaveLength(1)));
  const contactPoints = [{ kind: ContactPoint_Kind.PHONE, value: "+8613800138000" }] as ContactPoint[];
  const custom = { id_number: "310101199001011234" };
  await rig.tell(own.tenantId, randomUUID(), { displayName: "林先生", contactPoints, custom });
  await rig.tell(other.tenantId, randomUUID());
  const [open, masked, none, foreign] = streams.map((stream) => () => named(stream, "CustomerRegistered"));
  await until(() => [open, masked, foreign].forEach((heard) => expect(heard!()).toHaveLength(1)));
  expect(JSON.stringify(open!())).toMatch(/13800138000.*310101199001011234/);
  expect(JSON.stringify(masked!())).not.toMatch(/310101199001011234|13800138000/);
  expect(masked!()[0]!.data.state).toMatchObject({
    displayName: "***",
    contactPoints: [{ kind: "KIND_PHONE" }],
  });
  expect(none!()).toEqual([]);
  for (const { data } of streams.slice(0, 3).flatMap(({ told }) => told.filter(({ id }) => id)))
    expect(data.meta.tenantId).toBe(own.tenantId);
  expect(foreign!()[0]!.data.meta.tenantId).toBe(other.tenantId);
});

test("a right that is granted or withdrawn while somebody listens holds for the next event", async () => {
  const { tenantId, lin, join } = await rig.company();
  const wang = await join([]);
  const stream = await wang.listen("?topics=customer");
  await until(() => expect(named(stream, "caught-up")).toHaveLength(1));
  await rig.tell(tenantId, randomUUID());
  await rig.published();
  await grant(lin, wang.userId, READ);
  await rig.identity.settled();
  const seen = randomUUID();
  await rig.tell(tenantId, seen);
  await until(() =>
    expect(named(stream, "CustomerRegistered").map(({ data }) => data.meta.aggregateId)).toEqual([seen]),
  );
  await grant(lin, wang.userId, []);
  await rig.identity.settled();
  await rig.tell(tenantId, randomUUID());
  await rig.published();
  await pause(300);
  expect(named(stream, "CustomerRegistered")).toHaveLength(1);
});

test("a place that the stream has let go, or never had, is said to be a gap before it goes on from the first", async () => {
  const { tenantId, lin } = await rig.company();
  const customerIds = ids();
  for (const id of customerIds) await rig.tell(tenantId, id);
  await rig.published();
  const whole = await lin.listen("?topics=customer&since=2026-01-01T00:00:00Z");
  await until(() => expect(named(whole, "caught-up")).toHaveLength(1));
  const places = named(whole, "CustomerRegistered").map(({ id }) => Number(id));
  await changeStream((jsm) => jsm.streams.purge("GUANXI", { seq: places[2]! }));
  for (const after of [places[0]!, places.at(-1)! + 1_000_000]) {
    const stream = await lin.listen("?topics=customer", { "last-event-id": String(after) });
    await until(() => expect(named(stream, "caught-up")).toHaveLength(1));
    expect(stream.told[0]).toMatchObject({
      event: "gap",
      id: undefined,
      data: { firstSequence: String(places[2]) },
    });
    expect(named(stream, "CustomerRegistered").map(({ id }) => Number(id))).toEqual(places.slice(2));
  }
  const next = await lin.listen("?topics=customer", { "last-event-id": String(places[2]! - 1) });
  await until(() => expect(named(next, "caught-up")).toHaveLength(1));
  expect(named(next, "gap")).toEqual([]);
});

test("an event that cannot be read is said to be a gap, and ends neither the stream nor the gateway", async () => {
  const { tenantId, lin, join } = await rig.company();
  const wang = await join([]); // may read nothing
  const streams = [await lin.listen("?topics=customer"), await wang.listen("?topics=customer")];
  const [open, none] = streams as [Listening, Listening];
  for (const stream of streams) await until(() => expect(named(stream, "caught-up")).toHaveLength(1));
  let place = 0;
  await changeStream(async (jsm) => {
    const subject = `guanxi.${tenantId}.customer.v1.CustomerRegistered.p00`;
    place = (await jsm.jetstream().publish(subject, "no event at all")).seq;
  });
  const customerId = randomUUID();
  await rig.tell(tenantId, customerId);
  await until(() => expect(named(open, "CustomerRegistered")).toHaveLength(1));
  expect(open.told.slice(1)).toMatchObject([
    { event: "gap", id: String(place), data: { firstSequence: String(place + 1) } },
    { event: "CustomerRegistered", data: { meta: { aggregateId: customerId } } },
  ]);
  expect(named(none, "gap")).toEqual([]);
});

test("who does not say who they are, or asks for what there is not, is told so", async () => {
  const { lin } = await rig.company();
  const nobody = await lin.listen("", { authorization: "" });
  expect([nobody.status, nobody.type]).toEqual([401, "application/problem+json; charset=utf-8"]);
  for (const [query, field] of [
    ["?topics=customers", "topics"],
    ["?topics=customer.Changed", "topics"],
    ["?customerId=1", "customerId"],
    ["?since=yesterday", "since"],
    ["?lastEventId=-1", "lastEventId"],
    ["?topic=customer", "topic"],
  ]) {
    const refused = await lin.listen(query);
    expect(refused.status, query).toBe(400);
    expect(await refused.problem()).toMatchObject({ violations: [{ field }] });
  }
  const other = await fetch(`${rig.url}/v1/stream`, { method: "POST" });
  expect([other.status, other.headers.get("allow")]).toEqual([405, "GET, OPTIONS"]);
});

test("a person reads twenty streams at most, and another begins when one has ended", async () => {
  const { lin } = await rig.company();
  const streams = await Promise.all(Array.from({ length: 20 }, () => lin.listen()));
  expect(streams.map(({ status }) => status)).toEqual(streams.map(() => 200));
  const refused = await lin.listen();
  expect([refused.status, (await refused.problem()).reason]).toEqual([429, "TOO_MANY_STREAMS"]);
  streams[0]!.close();
  await vi.waitFor(async () => expect((await lin.listen()).status).toBe(200), 5_000);
});

test("who goes takes their consumer along", async () => {
  const { lin } = await rig.company();
  const consumers = async () => {
    const nats = await connect({ servers: rig.identity.nats.url });
    const names = [];
    for await (const { name } of (await jetstreamManager(nats)).consumers.list("GUANXI"))
      if (name.startsWith("gateway_")) names.push(name);
    await nats.close();
    return names.length;
  };
  await vi.waitFor(async () => expect(await consumers()).toBe(1), 5_000); // the one that listens for rights
  const stream = await lin.listen();
  await until(() => expect(named(stream, "caught-up")).toHaveLength(1));
  expect(await consumers()).toBe(2);
  stream.close();
  await vi.waitFor(async () => expect(await consumers()).toBe(1), 5_000);
});

test("who reads slowly makes the gateway wait, and in the end has had everything once", {
  timeout: 60_000,
}, async () => {
  const { tenantId, lin } = await rig.company();
  const begin = new Date(Date.now() - 1_000).toISOString();
  const customerIds = ids();
  // More than what the kernel takes in between: 40 MB.
  for (let round = 0; round < 80; round += 1)
    await Promise.all(
      customerIds.map((id) => {
        const changes = { legalName: `${round}`.repeat(50_000).slice(0, 50_000) };
        return rig.tell(tenantId, id, changes, round === 0 ? undefined : rig.updated);
      }),
    );
  await rig.published();
  const path = `/v1/stream?topics=customer&since=${begin}`;
  const response = await new Promise<IncomingMessage>((resolve, reject) =>
    get(`${rig.url}${path}`, { headers: { authorization: `Bearer ${lin.token}` } }, resolve).on(
      "error",
      reject,
    ),
  );
  response.pause();
  await vi.waitFor(() => expect(rig.bytesWaiting()).toBeGreaterThan(0), 20_000); // it does wait for the reader
  await pause(500);
  expect(rig.bytesWaiting()).toBeLessThan(300_000); // and not with all that there is
  const places: number[] = [];
  let rest = "";
  for await (const bytes of response) {
    const lines = (rest + String(bytes)).split("\n");
    rest = lines.pop()!;
    for (const line of lines)
      if (line.startsWith('data: {"type'))
        places.push(Number((JSON.parse(line.slice(6)) as { sequence: string }).sequence));
    if (lines.includes("event: caught-up")) break;
  }
  expect(places).toHaveLength(400);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(new Set(places).size).toBe(400);
});

test("where nothing happens a heartbeat says so, and how far one has come", { timeout: 40_000 }, async () => {
  const { tenantId, lin } = await rig.company();
  const wang = await (await rig.company()).join([]); // may read nothing
  const stream = await wang.listen();
  await until(() => expect(named(stream, "caught-up")).toHaveLength(1));
  const before = Number(stream.lastId());
  await rig.tell(tenantId, randomUUID());
  const other = await lin.listen();
  await vi.waitFor(() => expect(stream.comments.length + other.comments.length).toBeGreaterThan(1), 20_000);
  expect(Number(stream.lastId())).toBeGreaterThanOrEqual(before);
});

test("a gateway that stops sends its readers away, and refuses nobody who comes back too early", async () => {
  const { lin } = await rig.company();
  const open = await lin.listen();
  await until(() => expect(named(open, "caught-up")).toHaveLength(1));
  rig.gateway.draining();
  await open.over;
  expect(open.comments.at(-1)).toBe("this gateway stops");
  const again = await lin.listen();
  expect(again.status).toBe(200);
  await again.over;
  expect([again.lastId(), again.retryMs()]).toEqual([expect.stringMatching(/^\d+$/), 2_000]);
});
