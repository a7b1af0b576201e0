import { collectDefaultMetrics, Gauge, register } from "prom-client";
import { type Look, type Reading, takeReadings } from "./readings.ts";
import type { Version } from "./version.ts";

const passing = new Gauge({
  name: "health_check_passing",
  help: "1 where a check of /health/ready passes, 0 where it fails",
  labelNames: ["check"],
  registers: [register],
});

const build = new Gauge({
  name: "guanxi_build_info",
  help: "1, with what /version says",
  labelNames: ["service", "release", "revision", "schema", "contract"],
  registers: [register],
});

/** Longer than the checks have, which answer for themselves; shorter than Prometheus waits. */
const LOOK_LIMIT_MS = 2_000;

export interface MetricsOptions {
  readonly version: Version;
  /** By check: "ok", or what is wrong. */
  readonly check: () => Promise<Record<string, string>>;
  readonly looks: readonly Look[];
}

/** What /metrics answers. The registry is the process's; a test starts several services in one. */
export function metricsOf({ version, check, looks }: MetricsOptions): () => Promise<string> {
  if (!register.getSingleMetric("process_cpu_seconds_total")) collectDefaultMetrics();
  const all = [...looks, { gauges: [build], read: async () => [buildOf(version)] }, passingOf(check)];
  return async () => {
    await takeReadings(all, LOOK_LIMIT_MS);
    return register.metrics();
  };
}

const buildOf = ({ service, release, revision, schema, contract }: Version): Reading => ({
  gauge: build,
  labels: { service, release, revision, schema: schema?.version ?? "", contract },
  value: 1,
});

const passingOf = (check: MetricsOptions["check"]): Look => ({
  gauges: [passing],
  read: async () =>
    Object.entries(await check()).map(([check, result]) => ({
      gauge: passing,
      labels: { check },
      value: result === "ok" ? 1 : 0,
    })),
});
