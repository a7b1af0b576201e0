import { orExit, settingsOrExit } from "@guanxi/kit/env";
import { createLog } from "@guanxi/kit/log";
import { migrate } from "@guanxi/kit/migrate";
import { misspelt } from "@guanxi/kit/misspelt";
import { MigrationFault } from "@guanxi/kit/migration-fault";
import { subcommand, type Words } from "@guanxi/kit/subcommand";
import { whenTold } from "@guanxi/kit/told";
import type { z } from "zod";
import type { App, Context } from "./app.ts";
import { replay } from "./dead-letters.ts";
import type { Archive } from "./archive.ts";
import { checksumsOf, tablesOf } from "./checksum.ts";
import { canBeRebuilt, checkRebuild, type Compared, rebuild, tenantsOf } from "./rebuild.ts";
import type { Reader } from "./reaction.ts";
import { migrateSettings } from "./settings.ts";
import type { CommonSettings } from "./settings.ts";
import {
  applying,
  archiveFor,
  archiveMissing,
  GRACE_MS,
  openContext,
  readersOf,
  settingsOf,
  start,
  versionOfApp,
} from "./start.ts";
import { ensureStream } from "./stream.ts";

const AFTER_GRACE_MS = 5_000;

/** main.ts of a service. */
export function run<Shape extends z.ZodRawShape>(app: App<Shape>): Promise<void> {
  type Work = (context: Context<Shape>, words: Words) => Promise<void>;
  const opened = (work: Work) => (words: Words) => once(app, (context) => work(context, words));
  const own = Object.entries(app.commands ?? {}).map(([name, work]) => [name, opened(work)] as const);
  return subcommand({
    name: app.name,
    version: () => versionOfApp(app),
    settings: () => settingsOf(app),
    checkSettings: (settings) => app.checkSettings?.(settings as Context<Shape>["settings"]),
    commands: {
      serve: () => serveUntilTold(app),
      migrate: () => migrateNow(app),
      "rebuild <reader> [tenant] | --check [reader] [tenant]": opened((context, words) =>
        words[0] === "--check" ? checkNow(app, context, words.slice(1)) : rebuildNow(app, context, words),
      ),
      "checksum <tenant>": opened((context, words) => checksumNow(app, context, words)),
      "replay <reader> <tenant>": opened((context, words) => replayNow(app, context, words)),
      ...Object.fromEntries(own),
    },
  });
}

async function serveUntilTold<Shape extends z.ZodRawShape>(app: App<Shape>): Promise<void> {
  const settings = settingsOrExit(settingsOf(app)) as Context<Shape>["settings"];
  const common = settings as CommonSettings;
  const log = createLog(app.name, common.logLevel);
  for (const line of misspelt(settingsOf(app))) log.warn(line);
  const started = await orExit(() => start(app, settings, log)); // what a service asks of its settings besides
  log.info({ grpcPort: started.grpcPort, managementPort: started.managementPort }, "ready");
  whenTold(() => {
    setTimeout(() => process.exit(1), common.drainSeconds * 1000 + GRACE_MS + AFTER_GRACE_MS).unref();
    started.stop().then(
      () => process.exit(0),
      (err: unknown) => {
        log.error({ err }, "did not stop in order");
        process.exit(1);
      },
    );
  });
}

async function migrateNow<Shape extends z.ZodRawShape>({ name, migrations }: App<Shape>): Promise<void> {
  const settings = settingsOrExit(migrateSettings);
  const log = createLog(name);
  const work = migrate({
    service: name,
    migrations,
    adminUrl: settings.databaseAdminUrl,
    ownerUrl: settings.databaseMigrateUrl,
    urls: [settings.databaseUrl, settings.databaseRelayUrl],
    onWait: (sentence) => log.warn(sentence),
  });
  try {
    const done = await work;
    say(done.length > 0 ? `${name}: ${done.join(", ")}` : `${name}: nothing to migrate`);
    await orExit(() => migrateStream(settings, (what) => log.warn(what)));
  } catch (error) {
    if (!(error instanceof MigrationFault)) throw error;
    const { migration, place, statement, hint, code, message } = error;
    log.fatal({ migration, place, statement, hint, code }, message);
    process.exitCode = 1;
  }
}

/** Where services may not make the stream themselves, whoever migrates may. */
async function migrateStream(
  { natsUrl, natsStream: stream, natsReplicas: replicas, profile }: z.infer<typeof migrateSettings>,
  warn: (what: string) => void,
): Promise<void> {
  if (natsUrl) await ensureStream({ natsUrl, stream, replicas, profile }, warn);
}

async function once<Shape extends z.ZodRawShape>(
  app: App<Shape>,
  work: (context: Context<Shape>) => Promise<void>,
): Promise<void> {
  const settings = settingsOrExit(settingsOf(app)) as Context<Shape>["settings"];
  const context = await openContext(app, settings, createLog(app.name, "warn"));
  try {
    await work(context);
  } finally {
    await context.db.close();
  }
}

async function rebuildNow<Shape extends z.ZodRawShape>(
  app: App<Shape>,
  context: Context<Shape>,
  [name, tenant]: Words,
): Promise<void> {
  const reader = readerCalled(app, name);
  const archive = archiveNeeded(context, reader);
  for (const tenantId of tenant ? [tenant] : await tenantsOf(archive)) {
    const { events } = await rebuild(applying(app, context, reader), archive, tenantId);
    say(`${app.name} ${reader.name}: ${tenantId} made anew from ${events} events`);
  }
}

/** Says of each table whether it is what its log makes of it; ends with 1 where one is not. */
async function checkNow<Shape extends z.ZodRawShape>(
  app: App<Shape>,
  context: Context<Shape>,
  [name, tenant]: Words,
): Promise<void> {
  const readers = name ? [readerCalled(app, name)] : readersOf(app).filter(canBeRebuilt);
  for (const reader of readers) {
    const archive = archiveNeeded(context, reader);
    for (const tenantId of tenant ? [tenant] : await tenantsOf(archive)) {
      const { events, tables } = await checkRebuild(applying(app, context, reader), archive, tenantId);
      say(`${app.name} ${reader.name}: ${tenantId} held against ${events} events`);
      tables.forEach(sayCompared);
    }
  }
}

function sayCompared({ table, live, anew }: Compared): void {
  const equal = live.rows === anew.rows && live.checksum === anew.checksum;
  const made = equal ? "equal" : `DIFFERS from ${anew.rows} rows ${anew.checksum} made anew`;
  say(`  ${table}: ${live.rows} rows ${live.checksum} ${made}`);
  if (!equal) process.exitCode = 1;
}

async function checksumNow<Shape extends z.ZodRawShape>(
  app: App<Shape>,
  { db }: Context<Shape>,
  [tenant]: Words,
): Promise<void> {
  if (!tenant) throw new Error("name the tenant");
  const tables = readersOf(app).filter(canBeRebuilt).flatMap(tablesOf);
  for (const { table, rows, checksum } of await checksumsOf(db, tenant, tables))
    say(`${table}: ${rows} rows ${checksum}`);
}

function archiveNeeded<Shape extends z.ZodRawShape>({ settings }: Context<Shape>, { area }: Reader): Archive {
  const archive = archiveFor(settings as CommonSettings, settings, area);
  if (!archive) throw new Error(archiveMissing);
  return archive;
}

async function replayNow<Shape extends z.ZodRawShape>(
  app: App<Shape>,
  context: Context<Shape>,
  [name, tenant]: Words,
): Promise<void> {
  if (!tenant) throw new Error("name the reader and the tenant");
  const { applied, left } = await replay(applying(app, context, readerCalled(app, name)), tenant);
  say(`${applied} events applied, ${left} left`);
}

function readerCalled<Shape extends z.ZodRawShape>(app: App<Shape>, name: string | undefined) {
  const readers = readersOf(app);
  const found = readers.find((reader) => reader.name === name);
  if (!found)
    throw new Error(`${app.name} has no reader ${name}: ${readers.map((each) => each.name).join(", ")}`);
  return found;
}

const say = (line: string) => process.stdout.write(`${line}\n`);
