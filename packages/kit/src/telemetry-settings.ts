import { z } from "zod";
import { about, url } from "./env.ts";

/** What the preload is told, which comes before a service's own settings. */
export const telemetrySettings = z.object({
  otelExporterOtlpEndpoint: about(
    "Where traces are sent; without it none are made.",
    url("http", "https").optional().describe("the collector, as in http://otel-collector:4318"),
  ),
  otelServiceName: about("What the process is called in traces.", z.string().optional()),
});
