// Preload: node --import @guanxi/kit/telemetry src/main.ts. Nothing is loaded unless traces are wanted: the SDK costs a
// process 1.4 s and 35 MB.
import { setTimeout as sleep } from "node:timers/promises";
import { settingsOrExit } from "./env.ts";
import { telemetrySettings } from "./telemetry-settings.ts";

const LAST_SPANS_MS = 1_000;

const told = settingsOrExit(telemetrySettings);
const stop = told.otelExporterOtlpEndpoint ? await start(told.otelExporterOtlpEndpoint) : undefined;
// Left to itself, an exporter whose collector is gone would try for ten seconds more.
if (stop) process.once("beforeExit", () => void stopTelemetry().then(() => process.exit()));

let stopped: Promise<unknown> | undefined;

/** Sends the last spans, in a second at most. Only a process that ends with process.exit must call it. */
export async function stopTelemetry(): Promise<void> {
  if (!stop) return;
  stopped ??= Promise.race([stop().catch(() => {}), sleep(LAST_SPANS_MS, undefined, { ref: false })]);
  await stopped;
}

async function start(endpoint: string): Promise<() => Promise<void>> {
  // Before anything that it shall see is imported: without the hook ES modules go untraced, and nothing says so.
  const { register } = await import("import-in-the-middle/register-hooks.mjs");
  register({
    include: ["http", "https", "node:http", "node:https", "express", "@grpc/grpc-js", "pg", "pg-pool"],
  });
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = endpoint; // the exporter looks there itself, and knows of no file
  process.env.OTEL_BSP_SCHEDULE_DELAY ??= "500"; // what a killed process loses at most
  const [{ NodeSDK }, { OTLPTraceExporter }, instrumentations] = await Promise.all([
    import("@opentelemetry/sdk-node"),
    import("@opentelemetry/exporter-trace-otlp-http"),
    instrument(),
  ]);
  const sdk = new NodeSDK({
    traceExporter: new OTLPTraceExporter(),
    instrumentations,
    metricReaders: [], // metrics are Prometheus's, on the management port
    logRecordProcessors: [],
  });
  sdk.start();
  return () => sdk.shutdown();
}

async function instrument() {
  const [{ HttpInstrumentation }, { ExpressInstrumentation, ExpressLayerType }, { GrpcInstrumentation }, pg] =
    await Promise.all([
      import("@opentelemetry/instrumentation-http"),
      import("@opentelemetry/instrumentation-express"),
      import("@opentelemetry/instrumentation-grpc"),
      import("@opentelemetry/instrumentation-pg"),
    ]);
  return [
    new HttpInstrumentation({
      ignoreIncomingRequestHook: ({ url = "" }) => /^\/(health\/|metrics)/.test(url),
      requestHook: (span) => void span.setAttribute("url.query", ""), // filters carry names, numbers and addresses
    }),
    new ExpressInstrumentation({ ignoreLayersType: [ExpressLayerType.MIDDLEWARE, ExpressLayerType.ROUTER] }),
    new GrpcInstrumentation(),
    new pg.PgInstrumentation({ requireParentSpan: true }), // the pollers' statements belong to nobody's request
  ];
}
