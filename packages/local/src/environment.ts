import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { pages } from "./places.ts";
import { secret } from "./secrets.ts";
import type { Issuer } from "./issuer.ts";
import { services, type Service } from "./services.ts";

/** What stands before the services do. */
export type Ground = {
  folder: string;
  ports: Record<string, number>;
  databaseUrl: string;
  clusterPlace: string;
  natsUrl: string;
  issuer: Issuer;
  tokenFiles: Record<string, string>;
  demoSignInFile: string;
};

type Environment = Record<string, string>;

/** What a service is told to serve. */
export function toServe(service: Service, ground: Ground): Environment {
  const { ports, natsUrl, tokenFiles } = ground;
  const always = {
    HOST: "127.0.0.1",
    DRAIN_SECONDS: "0", // nobody balances load here, and after five seconds the runner insists
    MANAGEMENT_PORT: portOf(ports, `${service.name}-management`),
    ...peers(ports),
  };
  if (service.front)
    return {
      ...always,
      HTTP_PORT: portOf(ports, service.name),
      STOP_SECONDS: "4",
      NATS_URL: natsUrl,
      DEMO_SIGN_IN_FILE: ground.demoSignInFile,
      OIDC_ISSUER: "", // whatever this shell says: the runner is the issuer, and knows the demo people
      // The bootstrap builds the pages for whoever will look at them; a bench does not.
      ...(existsSync(pages) && { CONSOLE_FOLDER: pages }),
    };
  return {
    ...always,
    GRPC_PORT: portOf(ports, service.name),
    DATABASE_URL: roleUrl(service, "app", ground),
    DATABASE_RELAY_URL: roleUrl(service, "relay", ground),
    NATS_URL: natsUrl,
    TOKEN_KEYS_URL: `http://127.0.0.1:${ports["identity-management"]}/keys`,
    IDENTITY_TOKEN_FILE: tokenFiles[service.name] ?? "",
    ...(service.people && trust(ground.issuer)),
    // An address of the gateway, which is where this machine's surveys are answered.
    ...(service.name === "interaction" && {
      SURVEY_URL: `http://127.0.0.1:${portOf(ports, "gateway")}/v1/surveyAnswers`,
    }),
    // Links in messages lead to the gateway as well.
    ...(service.name === "marketing" && {
      PUBLIC_URL: `http://127.0.0.1:${portOf(ports, "gateway")}`,
      TRACKING_KEYS: secret(ground.folder, "tracking").value,
    }),
    ...(service.files && { FILES_URL: pathToFileURL(path.join(ground.folder, "files")).href }),
  };
}

/** What it is told besides to migrate: the only time that it has a superuser. */
export function toMigrate(service: Service, ground: Ground): Environment {
  const { NATS_URL: _, ...served } = toServe(service, ground); // the bus may not stand yet; it is for services to ask
  return {
    ...served,
    DATABASE_MIGRATE_URL: roleUrl(service, "owner", ground),
    DATABASE_ADMIN_URL: ground.databaseUrl,
  };
}

function trust({ name, audience, keysFile }: Issuer): Environment {
  return { OIDC_ISSUER: name, OIDC_AUDIENCE: audience, OIDC_KEYS_FILE: keysFile };
}

function peers(ports: Record<string, number>): Environment {
  const areas = services.filter(({ front }) => !front);
  return Object.fromEntries(
    areas.map(({ name }) => [
      `${name.toUpperCase().replaceAll("-", "_")}_GRPC_URL`,
      `dns:///127.0.0.1:${portOf(ports, name)}`,
    ]),
  );
}

function roleUrl({ name }: Service, part: string, { folder, databaseUrl }: Ground): string {
  const url = new URL(databaseUrl);
  url.username = `${name.replaceAll("-", "_")}_${part}`;
  url.password = secret(folder, url.username).value;
  return url.href;
}

function portOf(ports: Record<string, number>, name: string): string {
  return String(ports[name]);
}
