import type { Contract } from "@guanxi/kit/contract";
import { integer, logLevel, port, settingsOrExit, words } from "@guanxi/kit/env";
import { z } from "zod";
import { areaOf, routesOf } from "./routes.ts";

const SCHEMA = z.object({
  host: z.string().default("127.0.0.1"),
  httpPort: port(),
  managementPort: port(),
  logLevel: logLevel(),
  corsOrigins: words()
    .refine((origins) => origins.every((origin) => URL.parse(origin)?.origin === origin))
    .describe("the pages that may call, as in https://app.example.com,https://example.com"),
  deadlineMs: integer(100, 300_000).default(10_000),
  streamDeadlineMs: integer(1_000, 3_600_000).default(600_000),
  /** How long a request waits for a service that has just gone. */
  patienceMs: integer(0, 60_000).default(5_000),
  /** Between "not ready" and the end of accepting requests, for balancers to notice. */
  drainSeconds: integer(0, 60).default(5),
  /** How long what is under way has then. With the above no more than Kubernetes gives, which is 30 s. */
  stopSeconds: integer(1, 300).default(20),
});

/** What every gateway needs, and an address for each area that the contract gives a path to. */
export function readConfig(contract: Contract) {
  const areas = [...new Set(routesOf(contract).map(areaOf))];
  const address = z.string().describe("where the service listens, as in dns:///customer:50051");
  const addresses = Object.fromEntries(areas.map((area) => [keyOf(area), address]));
  const config = settingsOrExit(SCHEMA.extend(addresses)) as z.infer<typeof SCHEMA> & Record<string, string>;
  return { ...config, addresses: Object.fromEntries(areas.map((area) => [area, config[keyOf(area)]!])) };
}

const keyOf = (area: string) => `${area.replace(/_[a-z]/g, (part) => part[1]!.toUpperCase())}GrpcUrl`;
