import { Advice } from "./advice.ts";
import { openDataFolder } from "./data-folder.ts";
import { howItEnds, launch, startWarden, type Warden } from "./launch.ts";
import { openLog } from "./log.ts";
import { dataFolder } from "./places.ts";
import { plan } from "./plan.ts";
import type { Step } from "./program.ts";
import { startOnce, type Started } from "./start-once.ts";

/** What stands below the services. */
export type GroundUrls = {
  /** As the database's admin. */
  databaseAdminUrl: string;
  natsUrl: string;
  stop: () => Promise<void>;
};

/** Postgres and NATS of the data folder with each service's schema, and no service: a runner must not be there. */
export async function raiseGround(say: (line: string) => void): Promise<GroundUrls> {
  const folder = await openDataFolder(dataFolder());
  const warden = startWarden();
  const started: Started[] = [];
  const stop = async () => {
    await Promise.all(started.map((program) => program.stop()));
    warden.pipe.end();
    folder.forget();
  };
  try {
    const { ground, migrations, databaseUrl, natsUrl } = await plan(folder, say);
    for (const program of ground) started.push(await startOnce(program, warden));
    for (const step of migrations) await runToEnd(step, warden, folder.logs);
    return { databaseAdminUrl: databaseUrl, natsUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function runToEnd(step: Step, warden: Warden, logs: string): Promise<void> {
  const name = step.env?.["OTEL_SERVICE_NAME"] ?? "service";
  const child = launch(step, "TERM", warden);
  const log = openLog(logs, name, () => {});
  log.take(child.stdout);
  log.take(child.stderr);
  const how = await howItEnds(child);
  if (how) throw new Advice(`The migration of ${name} ${how} (logs: ${logs})`);
}
