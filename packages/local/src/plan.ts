import path from "node:path";
import type { DataFolder } from "./data-folder.ts";
import type { Ground } from "./environment.ts";
import { openIssuer, writeDemoSignIn, writeServiceToken } from "./issuer.ts";
import { checkForeignNats, nats } from "./nats.ts";
import { pickPorts } from "./ports.ts";
import { postgres } from "./postgres.ts";
import type { Program, Step } from "./program.ts";
import { migration, serviceProgram } from "./service-program.ts";
import { services } from "./services.ts";

type Say = (line: string) => void;

export type Plan = {
  gateway: string;
  /** The superuser's. */
  databaseUrl: string;
  natsUrl: string;
  migrations: Step[];
  ground: Program[];
  services: (standing: (name: string) => Promise<void>) => Program[];
};

/** Who will run where, and how they find each other. Starts nothing. */
export async function plan(folder: DataFolder, say: Say): Promise<Plan> {
  const names = services.flatMap(({ name }) => [name, `${name}-management`]);
  const ports = await pickPorts(folder.path, ["postgres", "nats", ...names]);
  folder.announce(ports);
  const major = process.env.GUANXI_PG ?? "18";
  const database = postgres({
    folder: folder.path,
    port: portOf(ports, "postgres"),
    major,
    database: "guanxi",
    say,
  });
  const bus = await natsOf(folder, portOf(ports, "nats"), say);
  const ground: Ground = {
    folder: folder.path,
    ports,
    databaseUrl: database.url,
    clusterPlace: database.place,
    natsUrl: bus.url,
    ...(await identities(folder.path)),
  };
  return {
    gateway: `http://127.0.0.1:${ports["gateway"]}`,
    databaseUrl: database.url,
    natsUrl: bus.url,
    migrations: services.filter(({ front }) => !front).map((service) => migration(service, ground)),
    ground: [database.program, ...bus.programs],
    services: (standing) => {
      const waits = { database: () => standing("postgres"), bus: () => standing("nats") };
      return services.map((service) => serviceProgram(service, ground, waits));
    },
  };
}

function portOf(ports: Record<string, number>, name: string): number {
  return ports[name] ?? 0;
}

async function natsOf(
  folder: DataFolder,
  port: number,
  say: Say,
): Promise<{ url: string; programs: Program[] }> {
  const foreign = process.env.NATS_URL;
  if (foreign) {
    await checkForeignNats(foreign, say);
    return { url: foreign, programs: [] };
  }
  const { url, program } = nats({ store: path.join(folder.path, "nats"), port, say });
  return { url, programs: [program] };
}

async function identities(folder: string): Promise<Pick<Ground, "issuer" | "tokenFiles" | "demoSignInFile">> {
  const issuer = await openIssuer(folder);
  const behind = services.filter(({ front }) => !front);
  const files = behind.map(async ({ name }) => [name, await writeServiceToken(folder, name)] as const);
  return {
    issuer,
    tokenFiles: Object.fromEntries(await Promise.all(files)),
    demoSignInFile: writeDemoSignIn(folder),
  };
}
