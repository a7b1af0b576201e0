// Jobs in a process of their own: what a whole service needs besides would make each of its deaths cost seconds.
import { flushCompileCache } from "node:module";
import { app, type Job } from "@guanxi/bus/app";
import { startJobs } from "@guanxi/bus/jobs";
import { startRelay } from "@guanxi/bus/relay";
import type { CommonSettings } from "@guanxi/bus/settings";
import { openContext, settingsOf } from "@guanxi/bus/start";
import { settings } from "@guanxi/kit/env";
import { createLog } from "@guanxi/kit/log";
import { tenantSettings } from "@guanxi/kit/tenants";
import type { z } from "zod";

interface Runnable {
  /** The service whose jobs they are. */
  readonly name: string;
  readonly settings: z.ZodRawShape;
  readonly jobs: readonly Job[];
  /** Whether it publishes what they record, too. */
  readonly publishes?: boolean;
}

/** The whole of a program that startProgram starts, on a database that has its schema. */
export async function runJobs({ name, settings: shape, jobs, publishes = false }: Runnable): Promise<void> {
  process.stdin.on("end", () => process.exit(0)).resume(); // also where it never gets ready
  setClock(Number(process.env.CLOCK_AHEAD_MS ?? 0));
  const service = app({ name, settings: shape, migrations: [], readers: [], open: () => ({ services: [] }) });
  const told = settings(settingsOf(service));
  // Of any shape: what all services are told is among it.
  const { databaseRelayUrl: databaseUrl, natsUrl, natsStream: stream } = told as unknown as CommonSettings;
  const log = createLog(name, "info");
  const context = await openContext(service, told as never, log);
  const notAsked = () => Promise.reject(new Error("these jobs ask for no place in the stream"));
  const onError = (err: unknown) => log.error({ err }, "tries again");
  const running = [
    startJobs({
      ...{ service: name, databaseUrl, jobs, onError },
      context: { ...context, settingsOf: tenantSettings(context.db), passed: notAsked, lastPlace: notAsked },
    }),
    ...(publishes ? [startRelay({ service: name, databaseUrl, natsUrl, stream, onError })] : []),
  ];
  flushCompileCache(); // who is killed keeps nothing for the next one
  log.info("ready");
  process.once("SIGTERM", () => {
    void Promise.all(running.map((each) => each.stop())).then(() => process.exit(0));
  });
}

/** This process alone takes the time to be another one. */
function setClock(aheadMs: number): void {
  if (aheadMs === 0) return;
  const real = Date;
  const now = () => real.now() + aheadMs;
  globalThis.Date = new Proxy(real, {
    construct: (target, given: [number]) => new target(...(given.length > 0 ? given : ([now()] as [number]))),
    get: (target, key) => (key === "now" ? now : Reflect.get(target, key)),
  });
}
