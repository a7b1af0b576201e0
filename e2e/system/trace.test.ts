import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Span, startCollector } from "./collector.ts";
import { LONG, startSystem, type System } from "./rig.ts";

let collector: Awaited<ReturnType<typeof startCollector>>;
let system: System;

beforeAll(async () => {
  collector = await startCollector();
  system = await startSystem({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
}, 120_000);
afterAll(async () => {
  await system?.stop();
  collector.close();
}, 60_000);

test("one trace leads from the request of a person to what another service wrote about it", {
  timeout: 120_000,
}, async () => {
  const token = await system.token("lin");
  const answer = await fetch(`${system.url}/v1/customers`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ kind: "KIND_ORGANISATION", displayName: "林记茶行" }),
  });
  expect(answer.status).toBe(200);
  const traceId = answer.headers.get("traceparent")!.split("-")[1]!;
  await system.settled();
  const ours = () => collector.spans.filter((span) => span.traceId === traceId);
  await vi.waitUntil(() => ours().some(writesCounts) && ours().some(writesCustomer), LONG);
  // Each process sends its spans in batches of its own; a parent ends, and is sent, after its children.
  await vi.waitFor(() => expect(orphans(ours()).map(spell)).toEqual([]), LONG);

  expect(wayUp(ours().find(writesCounts)!, ours()).map(spell)).toEqual([
    "analytics client pg.query:customer counts add guanxi",
    expect.stringMatching(
      /^analytics consumer process guanxi\.[-0-9a-f]{36}\.customer\.v1\.CustomerRegistered\.p\d\d$/,
    ),
    expect.stringMatching(
      /^customer producer publish guanxi\.[-0-9a-f]{36}\.customer\.v1\.CustomerRegistered\.p\d\d$/,
    ),
    "customer server grpc.guanxi.customer.v1.CustomerService/CreateCustomer",
    "gateway client grpc.guanxi.customer.v1.CustomerService/CreateCustomer",
    "gateway server POST /v1/customers",
  ]);
  expect(wayUp(ours().find(writesCustomer)!, ours()).map(spell)).toEqual([
    "customer client pg.query:customers insert guanxi",
    "customer server grpc.guanxi.customer.v1.CustomerService/CreateCustomer",
    "gateway client grpc.guanxi.customer.v1.CustomerService/CreateCustomer",
    "gateway server POST /v1/customers",
  ]);
  expect(new Set(collector.spans.filter(belongs).map((span) => span.traceId))).toEqual(new Set([traceId]));
});

const writesCounts = ({ name }: Span) => name.startsWith("pg.query:customer counts add");
const writesCustomer = ({ name }: Span) => name.startsWith("pg.query:customers insert");
const belongs = ({ name }: Span) =>
  /CreateCustomer|CustomerRegistered|customer counts|customers insert/.test(name);

/** All but the first, which has no parent. */
const orphans = (all: readonly Span[]) => {
  const ids = new Set(all.map(({ spanId }) => spanId));
  return all.filter(({ parentSpanId }) => parentSpanId !== "" && !ids.has(parentSpanId));
};

function wayUp(span: Span, all: readonly Span[]): Span[] {
  const parent = all.find(({ spanId }) => spanId === span.parentSpanId);
  return parent ? [span, ...wayUp(parent, all)] : [span];
}

const KINDS = ["", "internal", "server", "client", "producer", "consumer"];
const spell = ({ service, kind, name }: Span) => `${service} ${KINDS[kind]} ${name}`;
