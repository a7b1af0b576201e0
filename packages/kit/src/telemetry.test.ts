import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { expect, test } from "vitest";

interface Span {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId: string;
}

const kit = join(import.meta.dirname, "..");

async function runTraced(env: Record<string, string>, ...program: string[]): Promise<string> {
  const preload = ["--conditions=source", "--import", "@guanxi/kit/telemetry", ...program];
  const options = { cwd: kit, env: { PATH: process.env.PATH, ...env }, timeout: 60_000 };
  return (await promisify(execFile)(process.execPath, preload, options)).stdout;
}

test("one request is one trace over HTTP and gRPC, and what was asked for stays out of it", async () => {
  const bodies: string[] = [];
  const collector = createServer((req, res) => {
    void text(req).then((body) => bodies.push(body) && res.end("{}"));
  });
  await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve));
  const { port } = collector.address() as AddressInfo;
  const endpoint = `http://127.0.0.1:${port}`;
  expect(await runTraced({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }, "test/fixtures/traced.ts")).toBe("seen");
  collector.close();

  const spans = bodies.flatMap((body) =>
    (JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] }).resourceSpans.flatMap(
      (each) => each.scopeSpans.flatMap((scope) => scope.spans),
    ),
  );
  const child = (parent: string) => spans.find(({ parentSpanId }) => parentSpanId === parent);
  const http = child("b7ad6b7169203331")!;
  const client = child(http.spanId)!;
  const server = child(client.spanId)!;
  expect([http.name, client.name, server.name]).toEqual([
    "GET",
    "grpc.test.Echo/Echo",
    "grpc.test.Echo/Echo",
  ]);
  expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set(["0af7651916cd43dd8448eb211c80319c"]));
  expect(bodies.join()).not.toContain("ann");
});

test("without an endpoint there is no SDK in the process", async () => {
  const program = 'process.stdout.write(String(Symbol.for("opentelemetry.js.api.1") in globalThis))';
  expect(await runTraced({}, "--eval", program)).toBe("false");
  const endpoint = "http://127.0.0.1:9"; // nobody listens, nothing is sent
  expect(await runTraced({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }, "--eval", program)).toBe("true");
});
