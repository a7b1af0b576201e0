// What processes of a service share: a database with its schema, a NATS with the stream. The service itself does not run.
import type { App } from "@guanxi/bus/app";
import { openContext, settingsOf } from "@guanxi/bus/start";
import { ensureStream } from "@guanxi/bus/stream";
import { settings } from "@guanxi/kit/env";
import { createLog } from "@guanxi/kit/log";
import { setTimeout as pause } from "node:timers/promises";
import { Pool } from "pg";
import type { z } from "zod";
import { testDatabase } from "./database.ts";
import { startNats } from "./servers/nats.ts";

export type Ground = Awaited<ReturnType<typeof openGround>>;

export async function openGround<Shape extends z.ZodRawShape>(adminUrl: string, app: App<Shape>) {
  const [database, nats] = await Promise.all([testDatabase(adminUrl, app), startNats()]);
  const admin = new Pool({ connectionString: database.adminUrl, options: `-c search_path=${app.name}` });
  const stream = { natsUrl: nats.url, stream: "GUANXI", replicas: 1, profile: "development" } as const;
  await ensureStream(stream, () => undefined);
  const env = {
    DATABASE_URL: database.urlOf("app"),
    DATABASE_RELAY_URL: database.urlOf("relay"),
    NATS_URL: nats.url,
  };
  const context = await openContext(
    app,
    settings(settingsOf(app), env) as never,
    createLog(app.name, "silent"),
  );
  return {
    admin,
    /** For the processes. */
    env,
    act: context.act,
    async stop(): Promise<void> {
      await context.db.close();
      await admin.end();
      await nats.stop();
    },
  };
}

const LONG_MS = 120_000;
const LOOK_MS = 20;

/** Fails where it does not come. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + LONG_MS;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error("the processes do not get on");
    await pause(LOOK_MS);
  }
}
