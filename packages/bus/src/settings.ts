import { integer, logLevel, port, url } from "@guanxi/kit/env";
import { z } from "zod";

const database = () => url("postgres", "postgresql");

/** What every service is told. Addresses of others' event logs come besides, one for each area that it reads. */
export const commonSettings = {
  databaseUrl: database().describe("the database as <service>_app: postgres://…"),
  databaseRelayUrl: database().describe(
    "the database as <service>_relay, not through a pooler: postgres://…",
  ),
  databasePoolSize: integer(1, 200).default(10),
  /** `production` refuses servers that are good enough for a laptop only. */
  profile: z.enum(["development", "production"]).default("development").describe("development or production"),
  natsUrl: url("nats", "tls").describe("the event bus: nats://…"),
  natsStream: z.string().default("GUANXI"),
  natsReplicas: integer(1, 5).default(1),
  host: z.string().default("127.0.0.1"),
  grpcPort: port().default(50051),
  managementPort: port().default(9000),
  tokenIssuer: z.string().default("urn:guanxi"),
  tokenKeysUrl: url("http", "https").default("http://identity:9000/keys"),
  identityGrpcUrl: z.string().default("dns:///identity:50051"),
  identityTokenFile: z.string().optional(),
  /** Between "not ready" and the end of accepting calls, for balancers to notice. */
  drainSeconds: integer(0, 60).default(5),
  logLevel: logLevel(),
};

export type CommonSettings = z.infer<z.ZodObject<typeof commonSettings>>;

/** What only `migrate` is told. */
export const migrateSettings = z.object({
  databaseMigrateUrl: database().describe("the database as <service>_owner: postgres://…"),
  databaseAdminUrl: database()
    .optional()
    .describe("the database as its admin, to make the roles: postgres://…"),
  databaseUrl: commonSettings.databaseUrl,
  databaseRelayUrl: commonSettings.databaseRelayUrl,
  natsUrl: commonSettings.natsUrl
    .optional()
    .describe("the event bus as one who may make and change the stream: nats://…"),
  natsStream: commonSettings.natsStream,
  natsReplicas: commonSettings.natsReplicas,
  profile: commonSettings.profile,
});
