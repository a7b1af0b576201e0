import type { Contract } from "@guanxi/kit/contract";
import { about, integer, logLevel, port, settingsOrExit, words } from "@guanxi/kit/env";
import { z } from "zod";
import { areaOf, routesOf } from "./routes.ts";

const SCHEMA = z.object({
  host: about("The address to listen on; 0.0.0.0 in a container.", z.string().default("127.0.0.1")),
  httpPort: about("Where the world calls.", port()),
  managementPort: about("Where operators ask for health, metrics and version.", port()),
  logLevel: about("How much is written to the log.", logLevel()),
  corsOrigins: about(
    "Whose pages may call from a browser.",
    words()
      .refine((origins) => origins.every((origin) => URL.parse(origin)?.origin === origin))
      .describe("the pages that may call, as in https://app.example.com,https://example.com"),
  ),
  deadlineMs: about("How long a request may take.", integer(100, 300_000).default(10_000)),
  streamDeadlineMs: about(
    "How long an upload or a download may take.",
    integer(1_000, 3_600_000).default(600_000),
  ),
  patienceMs: about(
    "How long a request waits for a service that has just gone.",
    integer(500, 60_000).default(5_000),
  ),
  drainSeconds: about(
    "How long requests are still accepted after it has said that it is not ready, for balancers to notice.",
    integer(0, 60).default(5),
  ),
  stopSeconds: about(
    "How long what is under way has after that; with the above no more than Kubernetes gives, which is 30 s.",
    integer(1, 300).default(20),
  ),
});

/** What every gateway needs, and an address for each area that the contract gives a path to. */
export function configOf(contract: Contract) {
  const address = (area: string) =>
    about(
      `The service ${area}.`,
      z.string().describe(`where the service listens, as in dns:///${area.replaceAll("_", "-")}:50051`),
    );
  return SCHEMA.extend(Object.fromEntries(areasOf(contract).map((area) => [keyOf(area), address(area)])));
}

export function readConfig(contract: Contract) {
  const config = settingsOrExit(configOf(contract)) as z.infer<typeof SCHEMA> & Record<string, string>;
  const addresses = areasOf(contract).map((area) => [area, config[keyOf(area)]!]);
  return { ...config, addresses: Object.fromEntries(addresses) as Record<string, string> };
}

const areasOf = (contract: Contract) => [...new Set(routesOf(contract).map(areaOf))];
const keyOf = (area: string) => `${area.replace(/_[a-z]/g, (part) => part[1]!.toUpperCase())}GrpcUrl`;
