import { about, secret as secretly, settings, url } from "@guanxi/kit/env";
import { Advice } from "@guanxi/local/advice";
import { readRunning } from "@guanxi/local/data-folder";
import { dataFolder } from "@guanxi/local/places";
import { secret } from "@guanxi/local/secrets";
import { z } from "zod";

/** Where an installation is reached, by whoever looks after it. */
export interface Addresses {
  readonly gateway: string;
  management(service: string): string;
  readonly natsUrl: string;
  /** As the database's admin. */
  readonly databaseAdminUrl: string;
}

/** Beside `npm start` it is written down who listens where; anywhere else the command line is told. */
export const toldSettings = z.object({
  guanxiUrl: about(
    "The installation that the command line speaks to; without it the one that `npm start` runs.",
    url("http", "https").optional().describe("where the gateway listens, as in http://gateway:8080"),
  ),
  guanxiManagement: about(
    "Where it asks the services for health, metrics and version.",
    z
      .string()
      .includes("{service}")
      .default("http://{service}:9000")
      .describe("the management port of each service, with {service} for its name"),
  ),
  natsUrl: secretly(
    "The event bus, as one who may look at all of it.",
    url("nats", "tls").optional().describe("the event bus: nats://…"),
  ),
  natsStream: about(
    "The stream that holds the events, the same for all services.",
    z.string().default("GUANXI").describe("the name of the stream"),
  ),
  databaseAdminUrl: secretly(
    "For backups and checks.",
    url("postgres", "postgresql").optional().describe("the database as its admin: postgres://…"),
  ),
});

export function addresses(): Addresses {
  const { guanxiUrl, guanxiManagement, natsUrl, databaseAdminUrl } = settings(toldSettings);
  if (!guanxiUrl) return besideTheRunner();
  return {
    gateway: guanxiUrl.replace(/\/$/, ""),
    management: (service) => guanxiManagement.replace("{service}", service),
    get natsUrl() {
      return natsUrl ?? missing("NATS_URL");
    },
    get databaseAdminUrl() {
      return databaseAdminUrl ?? missing("DATABASE_ADMIN_URL");
    },
  };
}

/** Where events travel, whether anything runs or not. */
export const streamName = (): string => settings(toldSettings).natsStream;

function besideTheRunner(): Addresses {
  const ports = readRunning(dataFolder())?.ports;
  if (!ports) throw notRunning();
  const at = (name: string) => `127.0.0.1:${ports[name]}`;
  return {
    gateway: `http://${at("gateway")}`,
    management: (service) => `http://${at(`${service}-management`)}`,
    natsUrl: process.env.NATS_URL ?? `nats://${at("nats")}`,
    get databaseAdminUrl() {
      const { value } = secret(dataFolder(), `postgres-${process.env.GUANXI_PG ?? "18"}`);
      return `postgres://postgres:${value}@${at("postgres")}/guanxi`;
    },
  };
}

export function notRunning(): Advice {
  return new Advice(
    `Nothing runs on ${dataFolder()}: start it with npm start, name its folder by GUANXI_DATA, or say by GUANXI_URL where it is.`,
  );
}

function missing(variable: string): never {
  throw new Advice(`Set ${variable}: with GUANXI_URL alone it is not known.`);
}
