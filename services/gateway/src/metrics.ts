import type { Response } from "express";
import { Gauge, Histogram } from "prom-client";

const NONE = { verb: "", template: "none" };

const duration = new Histogram({
  name: "http_server_request_duration_seconds",
  help: "Time from a request's first line to the end of its answer; 499 where the caller left first.",
  labelNames: ["method", "route", "status"],
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
});

const inFlight = new Gauge({
  name: "http_server_requests_in_flight",
  help: "Requests without an answer so far.",
});

/** The route is the template, never the path: ids belong to no label. */
export function measure(res: Response, route: { verb: string; template: string } = NONE): void {
  const start = performance.now();
  inFlight.inc();
  res.once("close", () => {
    const status = res.writableFinished ? res.statusCode : 499;
    const labels = { method: route.verb.toUpperCase(), route: route.template, status };
    inFlight.dec();
    duration.observe(labels, (performance.now() - start) / 1000);
  });
}
