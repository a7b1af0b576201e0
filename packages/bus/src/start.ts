import { connect, type NatsConnection } from "@nats-io/transport-node";
import { loadContract } from "@guanxi/kit/contract";
import { openDb, type Db } from "@guanxi/kit/db";
import type { Service } from "@guanxi/kit/edge";
import { about, variableOf } from "@guanxi/kit/env";
import { gatherer } from "@guanxi/kit/group";
import type { Log } from "@guanxi/kit/log";
import { type Check, type PageHandler, startManagement } from "@guanxi/kit/management";
import { schemaCheck, stepsOf } from "@guanxi/kit/migrate";
import { natsAddress } from "@guanxi/kit/nats-address";
import { schemaVersion } from "@guanxi/kit/schema-steps";
import { serve } from "@guanxi/kit/serve";
import { tenantSettings } from "@guanxi/kit/tenants";
import { tokenCheck } from "@guanxi/kit/token";
import { versionOf } from "@guanxi/kit/version";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { act } from "./act.ts";
import type { App, Context } from "./app.ts";
import { type ApplyOptions, durableOf } from "./apply.ts";
import { type Archive, archiveOf } from "./archive.ts";
import { countsService } from "./counts.ts";
import { deadLetterServices } from "./dead-letter-service.ts";
import { type EventLog, eventLog } from "./event-log.ts";
import type { Reader } from "./reaction.ts";
import { startJobs } from "./jobs.ts";
import { looksOf } from "./looks.ts";
import { startReader } from "./reader.ts";
import { type Running, startRelay } from "./relay.ts";
import { rightsReader } from "./rights-reader.ts";
import { serviceToken } from "./service-token.ts";
import { commonSettings, type CommonSettings } from "./settings.ts";
import { ensureStream } from "./stream.ts";
import { type Watermark, watermark } from "./watermark.ts";

export interface Started {
  readonly grpcPort: number;
  readonly managementPort: number;
  stop(): Promise<void>;
}

/** So long calls may still take once none are accepted any more. */
export const GRACE_MS = 15_000;
const SCHEMA_AGAIN_MS = 500;

export const readersOf = ({ readers }: Pick<App, "readers">): Reader[] => [rightsReader, ...readers];

/** All that a service is told: what every service is, what this one is, and where those are that it reads. */
export function settingsOf<Shape extends z.ZodRawShape>(app: App<Shape>) {
  const areas = new Set(readersOf(app).map(({ area }) => area));
  const address = (area: string) =>
    about(
      `The service ${area}, to read its log.`,
      z
        .string()
        .describe(`where it listens, as in dns:///${host(area)}:50051`)
        .default(`dns:///${host(area)}:50051`),
    );
  const urls = [...areas].map((area) => [urlKey(area), address(area)]);
  return z.object({ ...(Object.fromEntries(urls) as object), ...commonSettings, ...app.settings });
}

const host = (area: string) => area.replaceAll("_", "-");
const urlKey = (area: string) =>
  `${area.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())}GrpcUrl`;

export async function openContext<Shape extends z.ZodRawShape>(
  app: App<Shape>,
  settings: Context<Shape>["settings"],
  log: Log,
): Promise<Context<Shape>> {
  const { databaseUrl, databasePoolSize } = settings as CommonSettings;
  const db = await openDb({ service: app.name, url: databaseUrl, poolSize: databasePoolSize });
  return { settings, db, log, act: (as, work) => act(db, as, work) };
}

/** What all parts of a running service share. */
interface Ground<Shape extends z.ZodRawShape> {
  readonly app: App<Shape>;
  readonly context: Context<Shape>;
  readonly common: CommonSettings;
  readonly nats: NatsConnection;
  readonly events: EventLog;
}

/** Serves until it is told to stop: the edge, the relay, a reader for each area, and what operators look at. */
export async function start<Shape extends z.ZodRawShape>(
  app: App<Shape>,
  settings: Context<Shape>["settings"],
  log: Log,
): Promise<Started> {
  const common = settings as CommonSettings;
  const context = await openContext(app, settings, log);
  const { natsUrl, natsStream: stream, natsReplicas: replicas, profile } = common;
  await ensureStream({ natsUrl, stream, replicas, profile }, (what) => log.warn(what));
  const nats = await connect({ ...natsAddress(natsUrl), name: app.name, maxReconnectAttempts: -1 });
  const ground = { app, context, common, nats, events: eventLog(common.databaseRelayUrl) };
  const { management, pages, state, schema } = await manage(ground);
  await stands(schema, (why) => log.warn({ managementPort: management.port }, why));
  const opened = await app.open(context);
  Object.assign(pages, opened.managementRoutes);
  const readers = readersOf(app).map((reader) => applying(app, context, reader));
  const marks = watermark(nats, stream, readers.map(durableOf));
  const counts = countsService(context.db, ground.events, app.aggregates ?? []);
  const letters = deadLetterServices(app.name, readers);
  const services = [...opened.services, ...letters, ground.events.service, marks.service, counts];
  const serving = await listen(ground, services, readers[0]!);
  const work = begin(ground, readers, marks);
  state.begun = true;

  async function stop(): Promise<void> {
    management.draining();
    serving.draining();
    await pause(common.drainSeconds * 1000);
    await serving.close(GRACE_MS);
    await work.stop();
    await opened.close?.();
    await ground.events.close();
    await nats.close();
    await context.db.close();
    await management.close();
  }
  return { grpcPort: serving.port, managementPort: management.port, stop };
}

/** What operators look at stands before anything else, to say what the rest waits for. */
async function manage<Shape extends z.ZodRawShape>({ app, context, common, nats, events }: Ground<Shape>) {
  const pages: Record<string, PageHandler> = {};
  const state = { begun: false };
  const tested = checks(app, context.db, nats, state);
  const management = await startManagement({
    host: common.host,
    port: common.managementPort,
    checks: tested,
    version: versionOfApp(app),
    extra: pages,
    looks: looksOf({
      service: app.name,
      db: context.db,
      nats,
      stream: common.natsStream,
      ask: events.ask,
      readers: readersOf(app),
      jobs: app.jobs ?? [],
    }),
  });
  return { management, pages, state, schema: tested.schema };
}

const listen = <Shape extends z.ZodRawShape>(
  { context: { db, log }, common }: Ground<Shape>,
  services: readonly Service[],
  { settingsOf }: ApplyOptions,
) =>
  serve([...services], `${common.host}:${common.grpcPort}`, {
    contract: loadContract(),
    log,
    bearerOf: tokenCheck({ issuer: common.tokenIssuer, keysUrl: common.tokenKeysUrl }),
    settingsOf,
    run: gatherer(db),
  });

/** What works without being called: the relay, the readers and the jobs. */
function begin<Shape extends z.ZodRawShape>(
  { app, context, common, events }: Ground<Shape>,
  readers: readonly ApplyOptions[],
  { passed }: Watermark,
): Running {
  const { log, settings } = context;
  const onError = (err: unknown) => log.warn({ err }, "tries again");
  const bus = { natsUrl: common.natsUrl, stream: common.natsStream, onError };
  const relay = startRelay({ ...bus, service: app.name, databaseUrl: common.databaseRelayUrl });
  const running = readers.map((reader) =>
    startReader({ ...bus, ...reader, archive: archiveFor(common, settings, reader.reader.area) }),
  );
  const jobs = startJobs({
    service: app.name,
    databaseUrl: common.databaseRelayUrl,
    jobs: app.jobs ?? [],
    context: {
      // What a service is told besides is its own affair; its jobs say themselves what they find in it.
      ...(context as unknown as Pick<Context, "db" | "log" | "act" | "settings">),
      settingsOf: readers[0]!.settingsOf,
      passed,
      lastPlace: events.lastPlace,
    },
    onError: (err) => log.error({ err }, "a job has failed, and is tried again"),
  });
  return {
    async stop() {
      await jobs.stop();
      await Promise.all(running.map((reader) => reader.stop()));
      await relay.stop();
    },
  };
}

/**
 * Until its schema is there a process does nothing: it would take requests, events and the relay's place from those who can work
 * on what is there, and fail at them.
 */
async function stands(schema: Check, say: (why: string) => void): Promise<void> {
  for (let said = ""; ; await pause(SCHEMA_AGAIN_MS)) {
    const why = await schema().then(
      () => "",
      (error: Error) => error.message,
    );
    if (!why) return;
    if (why !== said) say(why);
    said = why;
  }
}

export const versionOfApp = ({ name, migrations }: Pick<App, "name" | "migrations">) =>
  versionOf(name, schemaVersion(stepsOf(name, migrations)));

export function applying(app: Pick<App, "name">, { db }: Pick<Context, "db">, reader: Reader): ApplyOptions {
  return { service: app.name, db, reader, settingsOf: tenantSettings(db) };
}

/** The log of another service, for those who can prove who they are. */
export function archiveFor(common: CommonSettings, settings: object, area: string): Archive | undefined {
  if (!common.identityTokenFile) return undefined;
  const url = (settings as Record<string, string>)[urlKey(area)]!;
  return archiveOf(url, serviceToken(common.identityGrpcUrl, common.identityTokenFile));
}

export const archiveMissing = `set ${variableOf("identityTokenFile")} so that this service can ask others for their logs`;

function checks<Shape extends z.ZodRawShape>(
  app: App<Shape>,
  db: Db,
  nats: NatsConnection,
  state: { readonly begun: boolean },
) {
  return {
    database: async () => void (await db.pool.query("select 1")),
    schema: schemaCheck(db, app.name, app.migrations),
    nats: async () => await nats.flush(),
    service: async () => {
      if (!state.begun) throw new Error("it has not begun yet");
    },
  };
}
