import type { Contract } from "@guanxi/kit/contract";
import { about, integer, logLevel, port, secret, settingsOrExit, url, words } from "@guanxi/kit/env";
import { z } from "zod";
import { isDemoSignIn } from "./demo-sign-in.ts";
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
  publicUrl: about(
    "The address under which people come in; https makes the cookie of a session one for HTTPS only.",
    url("https", "http").optional(),
  ),
  consoleFolder: about(
    "Where the console's pages are, for a gateway that shows them itself.",
    z.string().optional().describe("the folder that the console's build has made"),
  ),
  demoSignIn: secret(
    "Whom one may sign in as without an issuer of one's own, by DEMO_SIGN_IN_FILE; `guanxi setup` and the runner write it.",
    z.string().refine(isDemoSignIn).optional().describe("key, issuer, audience and people, as JSON"),
  ),
  oidcIssuer: about(
    "Where it is told, people are a company's own, and nobody signs in as a demo person.",
    z.string().optional().describe("the issuer whose id tokens are trusted"),
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
  natsUrl: secret(
    "Where events are heard, for GET /v1/stream; without it nobody is told of any.",
    url("nats", "tls").optional().describe("the event bus as one who may read it: nats://…"),
  ),
  natsStream: about(
    "The stream that holds the events, the same for all services.",
    z.string().default("GUANXI"),
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
  return {
    ...config,
    demoSignIn: config.oidcIssuer ? undefined : config.demoSignIn, // the file may lie there still
    addresses: Object.fromEntries(addresses) as Record<string, string>,
  };
}

const areasOf = (contract: Contract) => [...new Set(routesOf(contract).map(areaOf))];
const keyOf = (area: string) => `${area.replace(/_[a-z]/g, (part) => part[1]!.toUpperCase())}GrpcUrl`;
