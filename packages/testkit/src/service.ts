import { randomUUID } from "node:crypto";
import { Metadata } from "@grpc/grpc-js";
import { fromBinary, type JsonObject, toJson } from "@bufbuild/protobuf";
import type { App } from "@guanxi/bus/app";
import { incoming } from "@guanxi/bus/reaction";
import { type Archive, archiveOf } from "@guanxi/bus/archive";
import { replay } from "@guanxi/bus/dead-letters";
import { type Reader } from "@guanxi/bus/reaction";
import { type ReaderOptions, startReader } from "@guanxi/bus/reader";
import type { Running } from "@guanxi/bus/relay";
import { rebuild } from "@guanxi/bus/rebuild";
import { applying, openContext, readersOf, settingsOf, start, type Started } from "@guanxi/bus/start";
import { WaitForRequest, WatermarkServiceService } from "@guanxi/contract/guanxi/event/v1/event_service";
import type { Meta } from "@guanxi/contract/guanxi/event/v1/event";
import { loadContract, messageOf } from "@guanxi/kit/contract";
import { createLog } from "@guanxi/kit/log";
import { settings as readSettings } from "@guanxi/kit/env";
import { jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import { inject } from "vitest";
import type { z } from "zod";
import { callsTo, type Rpc } from "./calls.ts";
import { testDatabase } from "./database.ts";
import { startNats } from "./servers/nats.ts";
import { TEST_ISSUER, testKeys } from "./tokens.ts";

/** A person with a token. */
export interface TestUser {
  readonly tenantId: string;
  readonly userId: string;
  readonly token: string;
  call<Req, Res>(rpc: Rpc<Req, Res>, request: Req): Promise<Res>;
}

export interface UserOptions {
  readonly tenantId?: string;
  readonly name?: string;
  readonly grants?: readonly { readonly resource: string; readonly action: string }[];
  readonly active?: boolean;
  readonly timeZone?: string;
  readonly currencyCode?: string;
}

/** An event as it was said: in JSON as the contract has it, with what all events have in common taken out. */
export interface SaidEvent {
  /** Without its package: CustomerArchived. */
  readonly type: string;
  readonly meta: Meta;
  readonly state: JsonObject;
  readonly changedFields: readonly string[];
  readonly previous: JsonObject;
  readonly message: JsonObject;
}

/** A service in the test's process, on a database, a NATS and a network of its own. */
export async function startService<Shape extends z.ZodRawShape>(
  app: App<Shape>,
  env: Record<string, string> = {},
) {
  const [database, nats, keys] = await Promise.all([
    testDatabase(inject("adminUrl"), app),
    startNats(),
    testKeys(),
  ]);
  const admin = new Client({ connectionString: database.adminUrl, options: `-c search_path=${app.name}` });
  await admin.connect();
  const environment: Record<string, string> = {
    DATABASE_URL: database.urlOf("app"),
    DATABASE_RELAY_URL: database.urlOf("relay"),
    NATS_URL: nats.url,
    GRPC_PORT: "0",
    MANAGEMENT_PORT: "0",
    TOKEN_ISSUER: TEST_ISSUER,
    TOKEN_KEYS_URL: keys.url,
    DRAIN_SECONDS: "0",
    ...env,
  };
  const log = createLog(app.name, process.env.LOG_LEVEL === "info" ? "info" : "silent");
  const settings = () => readSettings(settingsOf(app), environment) as never;
  let running: Started = await start(app, settings(), log);
  let calls = callsTo(`127.0.0.1:${running.grpcPort}`);

  async function user(options: UserOptions = {}): Promise<TestUser> {
    const { tenantId = randomUUID(), name = "Lin", active = true } = options;
    const {
      grants = [{ resource: "*", action: "*" }],
      timeZone = "Asia/Shanghai",
      currencyCode = "CNY",
    } = options;
    const userId = randomUUID();
    const rights = JSON.stringify(grants.map(({ resource, action }) => `${resource}:${action}`));
    await admin.query("insert into tenant_settings values ($1, $1, $2, $3, 1) on conflict do nothing", [
      tenantId,
      timeZone,
      currencyCode,
    ]);
    await admin.query("insert into principals values ($1, $2, $3, $4, 1)", [
      tenantId,
      userId,
      active,
      rights,
    ]);
    const token = await keys.sign(userId, { tenant_id: tenantId, name });
    return { tenantId, userId, token, call: (rpc, request) => calls.call(rpc, request, token) };
  }

  /** All that was recorded for a tenant, published or not, in the order of recording. */
  async function events(tenantId: string): Promise<SaidEvent[]> {
    const { rows } = await admin.query(
      `select subject, payload, false as published, position as place from outbox where tenant_id = $1
       union all select subject, payload, true, stream_sequence from event_log where tenant_id = $1
       order by published desc, place`,
      [tenantId],
    );
    return (rows as { subject: string; payload: Buffer }[]).map(saidEvent);
  }

  /** Everything recorded is published, and the readers have applied all that is in the stream. */
  async function settled(): Promise<void> {
    for (;;) {
      const { rowCount } = await admin.query("select from outbox limit 1");
      if (!rowCount) break;
      await pause(5);
    }
    const connection = await connect({ servers: nats.url });
    const { state } = await (await jetstreamManager(connection)).streams.info("GUANXI");
    await connection.close();
    const request = WaitForRequest.fromPartial({ streamSequence: BigInt(state.last_seq) });
    await calls.call(WatermarkServiceService.waitFor, request, await serviceToken());
  }

  const serviceToken = () => keys.sign("service:test", { name: "test" });

  /** What the subcommands do, in a process of their own there. */
  async function maintain<T>(
    name: string,
    work: (options: ReturnType<typeof applying>) => Promise<T>,
  ): Promise<T> {
    const context = await openContext(app, settings(), log);
    try {
      return await work(applying(app, context, readersOf(app).find((reader) => reader.name === name)!));
    } finally {
      await context.db.close();
    }
  }

  async function ownArchive() {
    const metadata = new Metadata();
    metadata.set("authorization", `Bearer ${await serviceToken()}`);
    return archiveOf(`127.0.0.1:${running.grpcPort}`, async () => metadata);
  }

  /** One more reader, beside those of the application. */
  async function startAnotherReader(reader: Reader, other: Partial<ReaderOptions> = {}): Promise<Running> {
    const context = await openContext(app, settings(), log);
    const place = { natsUrl: nats.url, stream: "GUANXI", archive: await ownArchive() };
    const onError = (err: unknown) => log.warn({ err }, "tries again");
    const running = startReader({ ...applying(app, context, reader), ...place, onError, ...other });
    return { stop: () => running.stop().then(() => context.db.close()) };
  }

  return {
    maintain,
    startReader: startAnotherReader,
    replay: (reader: string, tenantId: string) => maintain(reader, (options) => replay(options, tenantId)),
    /** By its own log, or by that of the service that it reads. */
    rebuild: (reader: string, tenantId: string, archive?: Archive) =>
      maintain(reader, async (options) => rebuild(options, archive ?? (await ownArchive()), tenantId)),
    /** The log, as others read it. */
    archive: ownArchive,
    user,
    events,
    settled,
    keys,
    nats,
    admin,
    database,
    serviceToken,
    call: <Req, Res>(rpc: Rpc<Req, Res>, request: Req, token?: string) => calls.call(rpc, request, token),
    /** As a service, for a stream is not open to people. */
    stream: async <Req, Res>(rpc: Rpc<Req, Res>, request: Req) =>
      calls.stream(rpc, request, await serviceToken()),
    managementUrl: () => `http://127.0.0.1:${running.managementPort}`,
    grpcAddress: () => `127.0.0.1:${running.grpcPort}`,
    /** With what it is told besides from now on. */
    async restart(more: Record<string, string> = {}): Promise<void> {
      Object.assign(environment, more);
      calls.close();
      await running.stop();
      running = await start(app, settings(), log);
      calls = callsTo(`127.0.0.1:${running.grpcPort}`);
    },
    async stop(): Promise<void> {
      calls.close();
      await running.stop();
      await admin.end();
      keys.close();
      await nats.stop();
    },
  };
}

function saidEvent({ subject, payload }: { subject: string; payload: Buffer }): SaidEvent {
  const contract = loadContract();
  const { type, meta, envelope } = incoming(subject, payload, 0);
  const desc = messageOf(contract, type);
  const message = toJson(desc, fromBinary(desc, payload), { registry: contract }) as JsonObject;
  const stateField = desc.fields.find(({ number }) => number === 2)!.jsonName;
  return {
    type: type.slice(type.lastIndexOf(".") + 1),
    meta,
    message,
    state: (message[stateField] ?? {}) as JsonObject,
    previous: (message.previous ?? {}) as JsonObject,
    changedFields: envelope.changedFields ?? [],
  };
}
