import path from "node:path";
import { demoTenant } from "./demo.ts";
import { toMigrate, toServe, type Ground } from "./environment.ts";
import { stampOf } from "./fingerprint.ts";
import { root } from "./places.ts";
import type { Program, Step } from "./program.ts";
import type { Service } from "./services.ts";

/** What a service waits for: its migration for the database only, itself for both. */
export type Waits = { database: () => Promise<void>; bus: () => Promise<void> };

export function serviceProgram(service: Service, ground: Ground, waits: Waits): Program {
  const { name, front } = service;
  const address = `127.0.0.1:${ground.ports[name]}`;
  return {
    name,
    address: front ? `http://${address}` : address,
    stop: "TERM",
    begin: async (run) => {
      if (!front) {
        await waits.database();
        await prepare(service, ground, run);
        await waits.bus();
      }
      return command(service, [], toServe(service, ground));
    },
    ask: () => isReady(`http://127.0.0.1:${ground.ports[`${name}-management`]}/health/ready`),
  };
}

async function prepare(service: Service, ground: Ground, run: (step: Step) => Promise<void>): Promise<void> {
  const demo = service.people ? demoTenant(ground.issuer.name) : "";
  const stamp = stampOf(ground.clusterPlace, service.name, demo, ...passwordsOf(toMigrate(service, ground)));
  if (stamp.equal()) return;
  await run(migration(service, ground));
  if (service.people)
    await run({ ...command(service, ["provision"], toServe(service, ground)), input: demo });
  stamp.write();
}

/** What it leaves in the cluster of what it is told: ports and places may be others at the next start. */
const passwordsOf = (env: Record<string, string>) =>
  ["DATABASE_URL", "DATABASE_RELAY_URL", "DATABASE_MIGRATE_URL"].map((name) => new URL(env[name]!).password);

export const migration = (service: Service, ground: Ground): Step =>
  command(service, ["migrate"], toMigrate(service, ground));

// Started in its own folder, where the telemetry it asks for is to be found.
function command({ name }: Service, args: string[], env: Record<string, string>): Step {
  const telemetry = process.env.OTEL_EXPORTER_OTLP_ENDPOINT && args.length === 0;
  const flags = ["--conditions=source", ...(telemetry ? ["--import", "@guanxi/kit/telemetry"] : [])];
  return {
    command: [process.execPath, ...flags, path.join(root, "services", name, "src/main.ts"), ...args],
    env: { ...env, OTEL_SERVICE_NAME: name },
    cwd: path.join(root, "services", name),
  };
}

async function isReady(url: string): Promise<void> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(2000) });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`answers ${answer.status}`);
}
