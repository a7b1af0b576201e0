import { randomUUID } from "node:crypto";
import { cpSync, renameSync, rmSync } from "node:fs";
import { TeamChanged, TeamFormed } from "@guanxi/contract/guanxi/identity/v1/team_events";
import { Envelope } from "@guanxi/contract/guanxi/event/v1/event";
import {
  CreateTeamRequest,
  Team,
  TeamServiceService,
  UpdateTeamRequest,
} from "@guanxi/contract/guanxi/identity/v1/team_service";
import { setTimeout as pause } from "node:timers/promises";
import type { Service } from "@guanxi/kit/edge";
import { readAgain } from "@guanxi/kit/read-again";
import { refuse } from "@guanxi/kit/refuse";
import { startService, type TestUser } from "@guanxi/testkit/service";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { durableOf } from "../src/apply.ts";
import { deadLetterServices } from "../src/dead-letter-service.ts";
import { replay } from "../src/dead-letters.ts";
import { effect, on, onState, projection } from "../src/reaction.ts";
import { lateReader, stumblingBlocks, teamsApp } from "./teams-app.ts";

const service = await startService(teamsApp);
afterAll(() => service.stop());
afterEach(() => stumblingBlocks.clear());

const create = (user: TestUser, displayName: string) =>
  user.call(TeamServiceService.createTeam, CreateTeamRequest.fromPartial({ team: { displayName } }));
const rename = (user: TestUser, teamId: string, displayName: string, etag: string) =>
  user.call(
    TeamServiceService.updateTeam,
    UpdateTeamRequest.fromPartial({ team: { teamId, displayName }, etag }),
  );

/** Some teams, each renamed some times, by several hands at once. */
async function work(user: TestUser, teams: number, renames: number, mark = ""): Promise<void> {
  await Promise.all(
    Array.from({ length: teams }, async (_, n) => {
      let team = await create(user, `${mark}${n}`);
      for (let k = 0; k < renames; k += 1)
        team = await rename(user, team.teamId, `${mark}${n} ${k}`, team.etag);
    }),
  );
}

const rows = async (table: string, tenantId: string) =>
  (
    await service.admin.query(
      `select team_id, display_name, version from ${table} where tenant_id = $1 order by 1`,
      [tenantId],
    )
  ).rows as unknown[];
const greetings = async (tenantId: string) =>
  (
    await service.admin.query(
      "select team_id, display_name from greetings where tenant_id = $1 order by greeting_id",
      [tenantId],
    )
  ).rows as { team_id: string; display_name: string }[];

/** Versions 1..n without a gap in the stream's order, and the copy equal to the source. */
async function expectWhole(user: TestUser): Promise<void> {
  await service.settled();
  const events = await service.events(user.tenantId);
  const last = new Map<string, number>();
  for (const { meta } of events) {
    expect(meta.version).toBe((last.get(meta.aggregateId) ?? 0) + 1);
    last.set(meta.aggregateId, meta.version);
  }
  const source = await rows("teams", user.tenantId);
  expect(source).toHaveLength(last.size);
  expect(await rows("team_copies", user.tenantId)).toEqual(source);
}

test("a copy equals its source, and an effect is done once for each event, in order", async () => {
  const lin = await service.user();
  await work(lin, 20, 5);
  await expectWhole(lin);
  const done = await greetings(lin.tenantId);
  expect(done).toHaveLength(120);
  for (const [teamId, its] of Map.groupBy(done, ({ team_id }) => team_id)) {
    const events = (await service.events(lin.tenantId)).filter(({ meta }) => meta.aggregateId === teamId);
    expect(its.map(({ display_name }) => display_name)).toEqual(events.map(({ state }) => state.displayName));
  }
});

test("a killed nats-server and a restarted service lose nothing and do nothing twice", async () => {
  const lin = await service.user();
  const writing = work(lin, 15, 10);
  await service.nats.kill();
  await service.nats.start();
  await writing;
  await work(lin, 3, 3, "more ");
  await service.restart();
  await expectWhole(lin);
  expect(await greetings(lin.tenantId)).toHaveLength(15 * 11 + 3 * 4);
});

test("a stream that came back shorter is filled again before anything new, and readers see all of it", async () => {
  const lin = await service.user();
  await work(lin, 5, 4, "early ");
  await service.settled();
  const messages = `${service.nats.store}/jetstream/$G/streams/GUANXI/msgs`;
  await service.nats.kill();
  cpSync(messages, `${messages}.then`, { recursive: true });
  await service.nats.start();
  await work(lin, 5, 9, "lost ");
  await service.settled();
  await service.nats.kill(); // the server forgets what it had acknowledged since, but not how far its readers were
  rmSync(messages, { recursive: true });
  renameSync(`${messages}.then`, messages);
  await service.nats.start();
  await work(lin, 3, 3, "new ");
  await expectWhole(lin);
  expect(await greetings(lin.tenantId)).toHaveLength(25 + 50 + 12);
});

test("an event that cannot be applied is put aside with those behind it, and the others go on", async () => {
  const lin = await service.user();
  stumblingBlocks.add("stumble");
  const bad = await create(lin, "stumble");
  const good = await create(lin, "fine");
  await service.settled();
  await rename(lin, bad.teamId, "later", bad.etag);
  await service.settled();
  const letters = await service.admin.query(
    "select version, parked, attempts from dead_letters where tenant_id = $1 order by version",
    [lin.tenantId],
  );
  expect(letters.rows).toEqual([
    { version: 1, parked: true, attempts: 8 },
    { version: 2, parked: true, attempts: 0 },
  ]);
  expect(await rows("team_copies", lin.tenantId)).toMatchObject([{ team_id: good.teamId }]);

  stumblingBlocks.clear();
  expect(await service.replay("copies", lin.tenantId)).toEqual({ applied: 2, left: 0 });
  await expectWhole(lin);
}, 60_000);

test("letters are replayed no longer than their caller waits; the others stay for the next time", async () => {
  const lin = await service.user();
  await work(lin, 3, 0);
  await service.settled();
  await service.maintain("copies", async (options) => {
    const consumer = durableOf(options);
    await service.admin.query(
      `insert into dead_letters (tenant_id, consumer, event_id, aggregate_id, version, stream_sequence, subject, payload,
         attempts, parked, error)
       select tenant_id, $2, event_id, aggregate_id, version, stream_sequence, subject, payload, 8, true, 'failed'
       from event_log where tenant_id = $1`,
      [lin.tenantId, consumer],
    );
    const [{ handlers }] = deadLetterServices("customer", [options]) as [Service];
    const { before } = handlers.replayDeadLetters as { before(request: object, call: object): unknown };
    const caller = new AbortController();
    const call = { tenantId: lin.tenantId, signal: caller.signal, query: async () => undefined };
    const asked = () => before({ consumer }, call);
    const leaves = { ...options, settingsOf: (id: string) => (caller.abort(), options.settingsOf(id)) };
    expect(await replay(leaves, lin.tenantId, caller.signal)).toEqual({ applied: 1, left: 2 });
    expect(await asked()).toEqual({ applied: 0, left: 2 });
    Object.assign(call, { signal: new AbortController().signal });
    expect(await asked()).toEqual({ applied: 2, left: 0 });
  });
});

test("a rebuild makes the same copy again, and removes what should not be there", async () => {
  const lin = await service.user();
  await work(lin, 10, 3);
  await service.settled();
  const before = await rows("team_copies", lin.tenantId);
  await service.admin.query(
    "update team_copies set display_name = 'wrong', version = 99 where tenant_id = $1",
    [lin.tenantId],
  );
  await service.admin.query(
    "insert into team_copies values ($1, gen_random_uuid(), 'ghost', now(), now(), 1)",
    [lin.tenantId],
  );
  expect(await service.rebuild("copies", lin.tenantId)).toEqual({ events: 40 });
  expect(await rows("team_copies", lin.tenantId)).toEqual(before);
  await work(lin, 2, 2, "after ");
  await expectWhole(lin);
});

test("a relay whose session stood still for longer than its lease leaves nothing behind", async () => {
  const lin = await service.user();
  // Whoever holds the table keeps the relay from fetching and moving for as long.
  await service.admin.query("begin; lock table outbox in access exclusive mode");
  const writing = work(lin, 10, 3, "stalled ").catch(() => undefined); // they are told that the table is busy
  await pause(6_000);
  await service.admin.query("commit");
  await writing;
  await work(lin, 2, 2, "after ");
  await expectWhole(lin);
  const { rowCount } = await service.admin.query("select from outbox");
  expect(rowCount).toBe(0);
}, 60_000);

test("a reader that begins after the stream has let go of its first events has them from the archive", async () => {
  const lin = await service.user();
  await work(lin, 5, 2, "old ");
  await service.settled();
  const nats = await connect({ servers: service.nats.url });
  await (await jetstreamManager(nats)).streams.purge("GUANXI"); // as after thirty days
  await nats.close();
  const begun = await service.startReader(lateReader);
  await work(lin, 2, 2, "new ");
  const wanted = await rows("teams", lin.tenantId);
  expect(wanted).toHaveLength(7);
  await vi.waitFor(async () => expect(await rows("late_copies", lin.tenantId)).toEqual(wanted), {
    timeout: 20_000,
  });
  await begun.stop();
  await expectWhole(lin);
});

test("a copy that a migration has given a column is filled, also from events that the stream has let go", async () => {
  const lin = await service.user();
  const begun = await service.startReader(lateReader);
  await work(lin, 4, 2, "again ");
  await service.settled();
  const wanted = await rows("teams", lin.tenantId);
  const copied = async () => expect(await rows("late_copies", lin.tenantId)).toEqual(wanted);
  await vi.waitFor(copied, { timeout: 20_000 });
  await begun.stop();
  await service.admin.query("update late_copies set display_name = '' where tenant_id = $1", [lin.tenantId]);
  await service.admin.query(readAgain(`${teamsApp.name}-identity-projection-late`));
  const nats = await connect({ servers: service.nats.url });
  await (await jetstreamManager(nats)).streams.purge("GUANXI", { keep: 3 });
  await nats.close();
  const begunAgain = await service.startReader(lateReader);
  await vi.waitFor(copied, { timeout: 20_000 });
  await begunAgain.stop();
});

test("a reader that was away until the stream had let go of what it has not seen has it from the archive", async () => {
  const lin = await service.user();
  const begun = await service.startReader(lateReader);
  await work(lin, 2, 1, "seen ");
  await vi.waitFor(async () => expect(await rows("late_copies", lin.tenantId)).toHaveLength(2), {
    timeout: 20_000,
  });
  await begun.stop();
  await work(lin, 3, 2, "missed ");
  await service.settled();
  const nats = await connect({ servers: service.nats.url });
  await (await jetstreamManager(nats)).streams.purge("GUANXI");
  await nats.close();
  const back = await service.startReader(lateReader);
  const wanted = await rows("teams", lin.tenantId);
  expect(wanted).toHaveLength(5);
  await vi.waitFor(async () => expect(await rows("late_copies", lin.tenantId)).toEqual(wanted), {
    timeout: 20_000,
  });
  await back.stop();
});

/** As after thirty days. */
async function forgetStream(): Promise<void> {
  const nats = await connect({ servers: service.nats.url });
  await (await jetstreamManager(nats)).streams.purge("GUANXI");
  await nats.close();
}

const soon = { timeout: 20_000 };
const copiedLate = async (user: TestUser, teams: number) => {
  const wanted = await rows("teams", user.tenantId);
  expect(wanted).toHaveLength(teams);
  await vi.waitFor(async () => expect(await rows("late_copies", user.tenantId)).toEqual(wanted), soon);
};

test("what a reader had in hand below its checkpoint when the stream let it go, it has from the archive", async () => {
  const [lin, chen] = [await service.user(), await service.user()];
  const kept = new Set(["kept waiting"]);
  const waits = onState(Team, [], (changes) => {
    if (changes.some(({ state }) => kept.has(state!.displayName)))
      throw refuse("unavailable", "BUSY", "Not yet.");
  });
  const reader = projection("waiting", "identity", [waits, ...lateReader.reactions]);
  const begun = await service.startReader(reader);
  await create(lin, "kept waiting");
  await work(chen, 3, 1);
  await copiedLate(chen, 3);
  await begun.stop();
  expect(await rows("late_copies", lin.tenantId)).toEqual([]);
  await forgetStream();
  kept.clear();
  const back = await service.startReader(reader);
  await copiedLate(lin, 1);
  await back.stop();
});

test("a reader that may not ask for the archive says what it lacks, and begins if it lacks nothing", async () => {
  const lin = await service.user();
  const reader = projection("alone", "identity", lateReader.reactions);
  const begun = await service.startReader(reader);
  await work(lin, 2, 1, "before ");
  await copiedLate(lin, 2);
  await begun.stop();
  await forgetStream();
  const errors: unknown[] = [];
  const alone = { archive: undefined, onError: (error: unknown) => void errors.push(error) };
  const whole = await service.startReader(reader, alone);
  await work(lin, 1, 1, "after ");
  await copiedLate(lin, 3);
  await whole.stop();
  expect(errors).toEqual([]);
  await work(lin, 1, 1, "missed ");
  await service.settled();
  await forgetStream();
  const lacking = await service.startReader(reader, alone);
  await vi.waitFor(() => expect(String(errors[0])).toContain("set IDENTITY_TOKEN_FILE"), soon);
  await lacking.stop();
});

test("two readers side by side: what waits for the other's event is tried again soon, in order and once", async () => {
  const lin = await service.user();
  const done: string[] = [];
  const slowly = async (team: Team, version: number) => {
    if (team.displayName === "slow")
      await pause(1_500); // whoever has it gathers what it is sent meanwhile
    else done.push(`${team.teamId} ${version}`);
  };
  const reader = effect("slowly", "identity", [
    on(TeamFormed, ({ team, meta }) => slowly(team!, meta!.version)),
    on(TeamChanged, ({ team, meta }) => slowly(team!, meta!.version)),
  ]);
  const both = [await service.startReader(reader), await service.startReader(reader)];
  await work(lin, 1, 0, "both there ");
  await vi.waitFor(() => expect(done).toHaveLength(1), soon);
  await create(lin, "slow");
  await work(lin, 21, 2); // they are sent in turn: of an odd number, the one gets what follows on the other's
  await vi.waitFor(() => expect(done).toHaveLength(64), { timeout: 5_000 }); // before an ack is missed
  for (const [, its] of Map.groupBy(done.slice(1), (one) => one.split(" ")[0]))
    expect(its.map((one) => one.split(" ")[1])).toEqual(["1", "2", "3"]);
  await Promise.all(both.map((one) => one.stop()));
});

test("an effect holds what it locks for one event at a time, and one that fails undoes none before it", async () => {
  const lin = await service.user();
  const [done, tried] = [new Map<string, string>(), { bad: 0 }];
  const reader = effect("locking", "identity", [
    on(TeamFormed, async ({ team, meta }, at) => {
      const { displayName } = team!;
      if (meta!.tenantId !== lin.tenantId) return;
      const [row] = await at.ask({ text: "select pg_current_xact_id()::text as id" });
      if (displayName === "bad" && (tried.bad += 1) < 3) throw new Error("stumbled");
      expect(done.has(displayName)).toBe(false);
      done.set(displayName, row!.id as string);
    }),
  ]);
  for (const mark of ["one ", "two "]) {
    await work(lin, 10, 1, mark);
    if (mark === "one ") await create(lin, "bad");
  }
  await service.settled();
  const begun = await service.startReader(reader); // all of it is there at once
  await vi.waitFor(() => expect(done.size).toBe(21), soon);
  expect(new Set(done.values()).size).toBe(21);
  expect(tried.bad).toBe(3);
  await begun.stop();
});

test("what no relay has said is let lie, though it be an event word for word", async () => {
  const lin = await service.user();
  await work(lin, 1, 0);
  await service.settled();
  const log = "select subject, payload from event_log where tenant_id = $1";
  const logged = (await service.admin.query(log, [lin.tenantId])).rows;
  const { subject, payload } = logged[0] as { subject: string; payload: Buffer };
  const { meta, ...rest } = Envelope.decode(payload);
  const later = Envelope.encode({ ...rest, meta: { ...meta!, eventId: randomUUID(), version: 2 } }).finish();
  const nats = await connect({ servers: service.nats.url });
  await jetstream(nats).publish(subject, later);
  await jetstream(nats).publish(subject, later, { msgID: randomUUID() });
  nats.publish("$JS.API.STREAM.INFO.GUANXI", "", { reply: subject }); // and what the server says
  await nats.close();
  await work(lin, 1, 0, "behind it ");
  await service.settled();
  const copies = (await rows("team_copies", lin.tenantId)) as { version: number }[];
  expect(copies.map(({ version }) => version)).toEqual([1, 1]);
});

test("a stream that is lost altogether is told anew from its first place, and nothing is done twice", async () => {
  const lin = await service.user();
  await work(lin, 4, 3, "old ");
  await service.settled();
  const before = await connect({ servers: service.nats.url, reconnect: false });
  const { config } = await (await jetstreamManager(before)).streams.info("GUANXI");
  await service.nats.kill();
  rmSync(`${service.nats.store}/jetstream/$G/streams/GUANXI`, { recursive: true });
  await service.nats.start();
  const nats = await connect({ servers: service.nats.url });
  const { streams } = await jetstreamManager(nats);
  await streams.add(config);
  await work(lin, 2, 2, "new ");
  await expectWhole(lin);
  const { rows: logged } = await service.admin.query(
    "select count(*)::int as messages, min(stream_sequence)::int as first_seq, max(stream_sequence)::int as last_seq from event_log",
  );
  expect((await streams.info("GUANXI")).state).toMatchObject(logged[0] as object);
  expect(await greetings(lin.tenantId)).toHaveLength(16 + 6);
  await nats.close();
});
