import { about, integer, logLevel, port, secret, url } from "@guanxi/kit/env";
import { z } from "zod";

const database = () => url("postgres", "postgresql");

/** What every service is told. Addresses of others' event logs come besides, one for each area that it reads. */
export const commonSettings = {
  databaseUrl: secret(
    "What the service reads and writes, in its own schema; its role may do nothing else.",
    database().describe("the database as <service>_app: postgres://…"),
  ),
  databaseRelayUrl: secret(
    "What it publishes its events from and finds its jobs in: locks and notifications live in this session.",
    database().describe("the database as <service>_relay, not through a pooler: postgres://…"),
  ),
  databasePoolSize: about(
    "How many connections one process opens as <service>_app; up to four more come as <service>_relay.",
    integer(1, 200).default(10),
  ),
  profile: about(
    "`production` refuses servers that are good enough for a laptop only.",
    z.enum(["development", "production"]).default("development").describe("development or production"),
  ),
  natsUrl: secret(
    "Where events travel; name and password of the service's user stand in it.",
    url("nats", "tls").describe("the event bus: nats://…"),
  ),
  natsStream: about(
    "The stream that holds the events, the same for all services.",
    z.string().default("GUANXI"),
  ),
  natsReplicas: about(
    "On how many servers of a cluster each event is kept; 3 outlives the loss of one.",
    integer(1, 5).default(1),
  ),
  host: about("The address to listen on; 0.0.0.0 in a container.", z.string().default("127.0.0.1")),
  grpcPort: about("Where the gateway and other services call.", port().default(50051)),
  managementPort: about("Where operators ask for health, metrics and version.", port().default(9000)),
  tokenIssuer: about(
    "Who issues the tokens that calls carry, as their claim iss names it: the service identity.",
    z.string().default("urn:guanxi"),
  ),
  tokenKeysUrl: about(
    "Where identity shows the keys that those tokens are signed with.",
    url("http", "https").default("http://identity:9000/keys"),
  ),
  identityGrpcUrl: about(
    "Where the service gets a token of its own, to read others' logs.",
    z.string().describe("where it listens, as in dns:///identity:50051").default("dns:///identity:50051"),
  ),
  identityTokenFile: about(
    "By which the service proves to identity what it is, as a projected token of Kubernetes; without it it cannot rebuild.",
    z.string().optional().describe("the file of the service's token"),
  ),
  drainSeconds: about(
    "How long calls are still accepted after it has said that it is not ready, for balancers to notice.",
    integer(0, 60).default(5),
  ),
  logLevel: about("How much is written to the log.", logLevel()),
};

export type CommonSettings = z.infer<z.ZodObject<typeof commonSettings>>;

/** What only `migrate` is told. */
export const migrateSettings = z.object({
  databaseMigrateUrl: secret(
    "Whose the schema is: `migrate` alone acts as this role.",
    database().describe("the database as <service>_owner: postgres://…"),
  ),
  databaseAdminUrl: secret(
    "Makes the roles and gives them the passwords of the other addresses; without it they have to be there.",
    database().optional().describe("the database as its admin, to make the roles: postgres://…"),
  ),
  databaseUrl: commonSettings.databaseUrl,
  databaseRelayUrl: commonSettings.databaseRelayUrl,
  natsUrl: secret(
    "Makes the stream or gives it the settings of this release; without it that is left to the services.",
    url("nats", "tls")
      .optional()
      .describe("the event bus as one who may make and change the stream: nats://…"),
  ),
  natsStream: commonSettings.natsStream,
  natsReplicas: commonSettings.natsReplicas,
  profile: commonSettings.profile,
});
