// A real nats-server by deploy/nats.conf, and the users of `guanxi setup`: what each may do, and what nobody but the operator.
import { randomUUID } from "node:crypto";
import { AckPolicy, jetstream, type JetStreamManager, jetstreamManager } from "@nats-io/jetstream";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { natsAddress } from "@guanxi/kit/nats-address";
import { durableOf } from "@guanxi/bus/apply";
import { readersOf } from "@guanxi/bus/start";
import { ensureStream } from "@guanxi/bus/stream";
import { Customer_Kind } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CreateCustomerRequest } from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { CustomerServiceService } from "@guanxi/contract/guanxi/customer/v1/customer_service";
import { WaitForRequest, WatermarkServiceService } from "@guanxi/contract/guanxi/event/v1/event_service";
import { startService } from "@guanxi/testkit/service";
import { services } from "@guanxi/local/services";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { analytics } from "../../services/analytics/src/app.ts";
import { customer } from "../../services/customer/src/app.ts";
import { identity } from "../../services/identity/src/app.ts";
import { interaction } from "../../services/interaction/src/app.ts";
import { marketing } from "../../services/marketing/src/app.ts";
import { sales } from "../../services/sales/src/app.ts";
import { serviceDesk } from "../../services/service-desk/src/app.ts";
import { startSecuredNats } from "./secured-nats.ts";

const APPS = { identity, customer, sales, analytics, "service-desk": serviceDesk, interaction, marketing };
const bus = await startSecuredNats(["finance"]);
const open: NatsConnection[] = [];
let operator: JetStreamManager;
const streamAt = (natsUrl: string) =>
  ({ natsUrl, stream: "GUANXI", replicas: 1, profile: "development" }) as const;

beforeAll(async () => {
  operator = await jetstreamManager(await comeAs("operator"));
});
afterAll(async () => {
  await Promise.all(open.map((connection) => connection.close()));
  await bus.stop();
});

async function comeAs(user: string): Promise<NatsConnection> {
  const connection = await connect({ ...natsAddress(bus.urlOf(user)), reconnect: false, timeout: 3000 });
  open.push(connection);
  return connection;
}

const schemaOf = (name: string) => name.replaceAll("-", "_");
const eventOf = (name: string) => `guanxi.${randomUUID()}.${schemaOf(name)}.v1.Something.p00`;
const lastSequence = async () => (await operator.streams.info("GUANXI")).state.last_seq;

/** The server says no; it is not that nobody answers. */
const isRefused = (work: Promise<unknown>) => expect(work).rejects.toThrow(/permissions violation/i);

/** Whether the server lets a user listen there: its answer to a ping comes after its word on the subscription. */
async function mayHear(connection: NatsConnection, subject: string): Promise<boolean> {
  let refused = false;
  connection.subscribe(subject, { callback: (error) => void (refused ||= error !== null) });
  await connection.flush();
  return !refused;
}

test("a service may not make the stream, and says who may", async () => {
  const warn = vi.fn<(what: string) => void>();
  await expect(ensureStream(streamAt(bus.urlOf("customer")), warn)).rejects.toThrow(
    "NATS has no stream GUANXI yet: run migrate with NATS_URL of a user who may change it.",
  );
  await ensureStream(streamAt(bus.urlOf("operator")), warn);
  await ensureStream(streamAt(bus.urlOf("customer")), warn);
  expect(warn).not.toHaveBeenCalled();
  // As when another release has been here: the service goes on, and says so.
  await operator.streams.update("GUANXI", { duplicate_window: 300e9 });
  await ensureStream(streamAt(bus.urlOf("customer")), warn);
  expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining("settings of another release"));
  await ensureStream(streamAt(bus.urlOf("operator")), warn);
  expect((await operator.streams.info("GUANXI")).config.duplicate_window).toBe(600e9);
});

test("a service says what happened in its own area, and in no other's", async () => {
  for (const name of Object.keys(APPS)) {
    const js = jetstream(await comeAs(name));
    const before = await lastSequence();
    expect(await js.publish(eventOf(name), "x")).toMatchObject({ seq: before + 1 });
    for (const other of Object.keys(APPS).filter((each) => each !== name))
      await isRefused(js.publish(eventOf(other), "x"));
    await isRefused(js.publish(`guanxi.${randomUUID()}.unknown.v1.Something.p00`, "x"));
    expect(await lastSequence()).toBe(before + 1);
  }
});

test("a service hears the answers to itself alone", async () => {
  const service = await comeAs("customer");
  expect(await mayHear(service, "_INBOX.customer.of-mine.*")).toBe(true);
  for (const subject of ["_INBOX.sales.>", "_INBOX.>", "guanxi.>", "$JS.ACK.>", ">"])
    expect(await mayHear(service, subject), subject).toBe(false);
});

test("a service has nothing to do with the durables of another", async () => {
  const own = "customer-sales-projection-purchases";
  const foreign = "sales-customer-projection-customers";
  const config = { ack_policy: AckPolicy.Explicit };
  const filter = (area: string) => ({ filter_subject: `guanxi.*.${area}.v1.>` });
  const asCustomer = await jetstreamManager(await comeAs("customer"));
  const asSales = await jetstreamManager(await comeAs("sales"));
  await asCustomer.consumers.add("GUANXI", { durable_name: own, ...config, ...filter("sales") });
  await asSales.consumers.add("GUANXI", { durable_name: foreign, ...config, ...filter("customer") });

  const add = (name: string, area: string) =>
    asCustomer.consumers.add("GUANXI", { durable_name: name, ...config, ...filter(area) });
  await isRefused(add(foreign, "customer"));
  await isRefused(add("spare", "sales"));
  await isRefused(add(own, "analytics")); // its name, but not what it is for
  await isRefused(asCustomer.consumers.add("GUANXI", { ...config, ...filter("sales") }));
  await isRefused(asCustomer.consumers.info("GUANXI", foreign));
  await isRefused(asCustomer.consumers.delete("GUANXI", foreign));
  await isRefused(asCustomer.consumers.list("GUANXI").next());

  const next = `$JS.API.CONSUMER.MSG.NEXT.GUANXI.${foreign}`;
  const asked = { noMux: true, timeout: 5_000 }; // the answer has the event's subject, not the inbox's
  const message = await (await comeAs("sales")).request(next, "1", asked);
  const stranger = await comeAs("customer");
  const violations = refusalsOf(stranger);
  stranger.publish(next, "1");
  stranger.publish(message.reply!, "+ACK");
  await stranger.flush();
  expect(await violations()).toHaveLength(2);
  expect((await operator.consumers.info("GUANXI", foreign)).num_ack_pending).toBe(1);
  for (const name of [own, foreign]) await operator.consumers.delete("GUANXI", name);
});

test("only the operator changes, empties or takes away the stream", async () => {
  for (const name of [...Object.keys(APPS), "finance"]) {
    const jsm = await jetstreamManager(await comeAs(name));
    await isRefused(jsm.streams.update("GUANXI", { max_age: 1 }));
    await isRefused(jsm.streams.purge("GUANXI"));
    await isRefused(jsm.streams.deleteMessage("GUANXI", 1));
    await isRefused(jsm.streams.delete("GUANXI"));
    await isRefused(jsm.streams.add({ name: "ANOTHER", subjects: ["another"] }));
    await isRefused(jsm.streams.list().next());
  }
  expect(await lastSequence()).toBeGreaterThan(0);
  await operator.streams.delete("GUANXI");
  await ensureStream(streamAt(bus.urlOf("operator")), vi.fn());
  expect(await lastSequence()).toBe(0);
});

test("nobody comes without a name, nor by a wrong password", async () => {
  const wrong = bus.urlOf("customer").replace(/:[^:@]+@/, ":wrong@");
  for (const url of [wrong, `nats://127.0.0.1:${bus.port}`, bus.urlOf("sales").replace("sales", "operator")])
    await expect(connect({ ...natsAddress(url), reconnect: false })).rejects.toThrow(
      /authorization violation/i,
    );
});

test("a department reads what it likes by a durable of its own name, and says nothing", async () => {
  await jetstream(await comeAs("sales")).publish(eventOf("sales"), "x");
  const finance = await comeAs("finance");
  const jsm = await jetstreamManager(finance);
  const config = { ack_policy: AckPolicy.Explicit, filter_subject: "guanxi.*.sales.v1.>" };
  await jsm.consumers.add("GUANXI", { durable_name: "finance", ...config });
  const [message] = await batch(finance, "finance");
  expect(message!.subject).toContain(".sales.v1.");
  expect(await message!.ackAck()).toBe(true);
  await isRefused(jsm.consumers.add("GUANXI", { durable_name: "finance-2", ...config }));
  await isRefused(jetstream(finance).publish(eventOf("sales"), "x"));
  expect(await mayHear(finance, "guanxi.>")).toBe(false);
  expect(await jsm.consumers.delete("GUANXI", "finance")).toBe(true);
});

test("a department that has its answers sent elsewhere changes nothing there", async () => {
  await jetstream(await comeAs("sales")).publish(eventOf("sales"), "x");
  const finance = await comeAs("finance");
  const jsm = await jetstreamManager(finance);
  const config = { ack_policy: AckPolicy.Explicit, filter_subject: "guanxi.*.none.v1.>" };
  await jsm.consumers.add("GUANXI", { durable_name: "finance", ...config });
  const before = (await operator.streams.info("GUANXI")).state;
  const next = ["$JS.API.CONSUMER.MSG.NEXT.GUANXI.finance", '{"batch":1,"no_wait":true}'] as const;
  finance.publish("$JS.API.STREAM.INFO.GUANXI", "", { reply: eventOf("sales") });
  for (const reply of [eventOf("sales"), "$JS.API.STREAM.PURGE.GUANXI", "$JS.API.STREAM.DELETE.GUANXI"])
    finance.publish(...next, { reply });
  await finance.flush();
  await pause(300); // in one account with the stream, it is gone by then
  expect((await operator.streams.info("GUANXI")).state).toEqual(before);
  expect(await jsm.consumers.delete("GUANXI", "finance")).toBe(true);
});

test("every durable that a service reads by is named in the list of services", () => {
  const named = services
    .filter(({ front }) => !front)
    .map(({ name, reads = [] }) => [
      name,
      ["identity-projection-rights", ...reads].map((read) => `${schemaOf(name)}-${read}`).sort(),
    ]);
  const read = Object.entries(APPS).map(([name, app]) => [
    name,
    readersOf(app)
      .map((reader) => durableOf({ service: app.name, reader }))
      .sort(),
  ]);
  expect(Object.fromEntries(named)).toEqual(Object.fromEntries(read));
});

test("services work under their users: events travel, are read, and come back after a stream is lost", async () => {
  const teller = await startService(customer, { NATS_URL: bus.urlOf("customer") });
  const reader = await startService(analytics, { NATS_URL: bus.urlOf("analytics") });
  const durable = "analytics-customer-projection-customers";
  const read = async () => {
    const streamSequence = BigInt(await lastSequence());
    const request = WaitForRequest.fromPartial({ streamSequence });
    await reader.call(WatermarkServiceService.waitFor, request, await reader.serviceToken());
    return operator.consumers.info("GUANXI", durable);
  };
  const lin = await teller.user();
  const create = () =>
    lin.call(
      CustomerServiceService.createCustomer,
      CreateCustomerRequest.fromPartial({
        customer: { kind: Customer_Kind.ORGANISATION, displayName: "晨光贸易" },
      }),
    );
  const said = async (count: number) => {
    const subjects_filter = `guanxi.${lin.tenantId}.customer.v1.>`;
    for (;;) {
      const { state } = await operator.streams.info("GUANXI", { subjects_filter });
      const there = Object.values(state.subjects ?? {}).reduce((sum, each) => sum + each, 0);
      if (there >= count) return there;
      await pause(20);
    }
  };
  try {
    await create();
    expect(await said(1)).toBe(1);
    expect(await read()).toMatchObject({ num_pending: 0, num_ack_pending: 0 });

    // The server comes back empty: the relay tells again what it has told, before anything new.
    await operator.streams.delete("GUANXI");
    await ensureStream(streamAt(bus.urlOf("operator")), vi.fn());
    await teller.restart();
    expect(await said(1)).toBe(1);
    await create();
    expect(await said(2)).toBe(2);
    await reader.restart();
    await vi.waitFor(
      async () => expect(await read()).toMatchObject({ num_pending: 0, num_ack_pending: 0 }),
      10_000,
    );
  } finally {
    await Promise.all([teller.stop(), reader.stop()]);
  }
});

async function batch(connection: NatsConnection, durable: string) {
  const consumer = await jetstream(connection).consumers.get("GUANXI", durable);
  const messages = [];
  for await (const message of await consumer.fetch({ max_messages: 1, expires: 5_000 }))
    messages.push(message);
  return messages;
}

/** What the server has refused on a connection, once it has answered everything. */
function refusalsOf(connection: NatsConnection): () => Promise<unknown[]> {
  const refused: unknown[] = [];
  void (async () => {
    for await (const status of connection.status())
      if (status.type === "error" && /permissions violation/i.test(status.error.message))
        refused.push(status.error);
  })();
  return async () => {
    await connection.flush();
    return refused;
  };
}

test("the gateway reads along by consumers that go with it, and has nothing to do with anybody's durables", async () => {
  const sales = await comeAs("sales");
  await jetstream(sales).publish(eventOf("sales"), "x");
  const durable = "customer-sales-projection-purchases";
  const config = { ack_policy: AckPolicy.Explicit, filter_subject: "guanxi.*.sales.v1.>" };
  await (await jetstreamManager(await comeAs("customer"))).consumers.add("GUANXI", {
    durable_name: durable,
    ...config,
  });
  const gateway = await comeAs("gateway");
  const asGateway = await jetstreamManager(gateway);
  const { state } = await asGateway.streams.info("GUANXI");
  const last = await asGateway.streams.getMessage("GUANXI", { last_by_subj: "guanxi.*.sales.v1.>" });
  expect(last!.seq).toBe(state.last_seq);
  const consumer = await jetstream(gateway).consumers.get("GUANXI", {
    filter_subjects: "guanxi.*.sales.v1.>",
    opt_start_seq: state.last_seq,
    name_prefix: "gateway_test",
  });
  const messages = await consumer.consume({ max_messages: 4 });
  for await (const { subject } of messages) {
    expect(subject).toContain(".sales.v1.");
    break;
  }
  expect(await consumer.delete()).toBe(true);

  for (const name of [durable, "finance"]) {
    await isRefused(asGateway.consumers.add("GUANXI", { durable_name: name, ...config }));
    await isRefused(asGateway.consumers.info("GUANXI", name));
    await isRefused(asGateway.consumers.delete("GUANXI", name));
    await isRefused(gateway.request(`$JS.API.CONSUMER.MSG.NEXT.GUANXI.${name}`, "1"));
  }
  await isRefused(jetstream(gateway).publish(eventOf("sales"), "x"));
  await isRefused(asGateway.streams.purge("GUANXI"));
  await isRefused(asGateway.consumers.list("GUANXI").next());
  for (const subject of ["guanxi.>", "_INBOX.sales.>", "$JS.ACK.>", ">"])
    expect(await mayHear(gateway, subject), subject).toBe(false);
  await operator.consumers.delete("GUANXI", durable);
});
