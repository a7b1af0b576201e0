import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { connect } from "@nats-io/transport-node";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { backup } from "../src/backup/backup.ts";
import { contentOf, schemasOf } from "../src/backup/catalogue.ts";
import { fillStream } from "../src/backup/fill-stream.ts";
import { type Backup, type Manifest, openBackup, writeManifest } from "../src/backup/manifest.ts";
import { restore } from "../src/backup/restore.ts";
import { refuseOlderNats } from "../src/backup/target.ts";
import { fillInstallation, type Installation, openInstallation } from "./installation.ts";

const place = mkdtempSync(path.join(tmpdir(), "guanxi-backups-"));
const saved = path.join(place, "saved");
let there: Installation;
let here: Installation;

beforeAll(async () => {
  vi.spyOn(console, "log").mockImplementation(() => undefined);
  [there, here] = [await openInstallation(), await openInstallation()];
  await fillInstallation(there);
  await as(there, () => backup(saved));
});
afterAll(async () => {
  await there?.close();
  await here?.close();
  vi.restoreAllMocks();
  rmSync(place, { recursive: true, force: true });
});

async function as<T>(installation: { told: Record<string, string> }, work: () => Promise<T>): Promise<T> {
  const before = { ...process.env };
  Object.assign(process.env, installation.told);
  return work().finally(() => (process.env = before));
}

const restored = (folder = saved, options = {}) => as(here, () => restore(folder, options));

/** The backup with one thing about it changed. */
function changed(change: (folder: string) => void): string {
  const folder = mkdtempSync(path.join(place, "changed-"));
  cpSync(saved, folder, { recursive: true });
  change(folder);
  return folder;
}

function edit(folder: string, file: string, how: (bytes: Buffer) => Buffer | string): void {
  const where = path.join(folder, file);
  writeFileSync(where, how(readFileSync(where)));
}

/** All that an installation's databases hold, in figures. */
async function figures({ admin }: Installation) {
  const schemas = await schemasOf(admin);
  const tables = schemas.flatMap(({ name, tables }) => tables.map((table) => `"${name}"."${table.name}"`));
  const contents = [];
  for (const table of tables) contents.push({ table, ...(await contentOf(admin, table)) });
  return { schemas, contents };
}

const FOREIGN = [
  [
    "an altered file",
    /alpha\/entries\.copy\.gz of the backup .* is not as it was written/,
    (folder: string) => edit(folder, "alpha/entries.copy.gz", (bytes) => bytes.fill(0, 30, 31)),
  ],
  [
    "a file that was cut",
    /stream\.tar\.s2 of the backup .* is not as it was written/,
    (folder: string) => edit(folder, "stream.tar.s2", (bytes) => bytes.subarray(0, -1)),
  ],
  [
    "a missing file",
    /lacks its file beta\/ledgers\.copy\.gz/,
    (folder: string) => rmSync(path.join(folder, "beta/ledgers.copy.gz")),
  ],
  [
    "an altered manifest",
    /manifest\.json of the backup .* is not as it was written/,
    (folder: string) =>
      edit(folder, "manifest.json", (bytes) => bytes.toString().replace('"rows": 50', '"rows": 51')),
  ],
  ["no manifest", /is no complete backup/, (folder: string) => rmSync(path.join(folder, "manifest.json"))],
  [
    "another program's folder",
    /that no backup of Guanxi has/,
    (folder: string) => edit(folder, "manifest.json", () => '{"name": "x"}'),
  ],
  [
    "a later release's",
    /is of a later release \(9\.0\.0\): restore it with that/,
    (folder: string) => edit(folder, "manifest.json", () => '{"format": 2, "release": "9.0.0"}'),
  ],
] as const;

test.each(FOREIGN)("a backup with %s is refused, before anything is touched", async (_, why, change) => {
  const before = await figures(here);
  await expect(restored(changed(change), { replace: true })).rejects.toThrow(why);
  expect(await figures(here)).toEqual(before);
});

const CRAFTED = [
  [
    "a statement in the bound of a partition",
    /altered by hand: no partition of ours is "FOR VALUES .*create role/,
    (_: string, { services }: Manifest) => {
      const log = services[0]!.tables.find(({ name }) => name === "event_log")!;
      for (const partition of log.partitions) partition.bound += "; create role crafted superuser";
    },
  ],
  [
    "a table that is not here",
    /There is no alpha\.strange here/,
    (_: string, { services }: Manifest) => (services[0]!.tables[0]!.name = "strange"),
  ],
  [
    "a column that is not here",
    /There is no alpha\.\w+\.strange here/,
    (_: string, { services }: Manifest) => services[0]!.tables[0]!.columns.push("strange"),
  ],
  [
    "a file elsewhere",
    /beta\/\.\.\/\.\.\/saved\/stream\.tar\.s2 of the backup .* lies outside of it/,
    (_: string, { stream }: Manifest) => (stream.path = "beta/../../saved/stream.tar.s2"),
  ],
  [
    "a link to a file elsewhere",
    /stream\.tar\.s2 of the backup .* lies outside of it/,
    (folder: string) => {
      rmSync(path.join(folder, "stream.tar.s2"));
      symlinkSync(path.join(saved, "stream.tar.s2"), path.join(folder, "stream.tar.s2"));
    },
  ],
] as const;

test.each(CRAFTED)(
  "a backup that was sealed anew with %s is refused, and nothing done",
  async (_, why, craft) => {
    const before = await figures(here);
    const { manifest } = await openBackup(saved);
    const folder = changed((folder) => {
      craft(folder, manifest);
      writeManifest(folder, manifest);
    });
    await expect(restored(folder, { replace: true })).rejects.toThrow(why);
    expect(await figures(here)).toEqual(before);
    expect((await here.admin.query("select from pg_roles where rolname = 'crafted'")).rowCount).toBe(0);
  },
);

test("the folder is its owner's alone", () => {
  expect(statSync(saved).mode & 0o777).toBe(0o700);
  const files = readdirSync(saved, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  for (const { parentPath, name } of files)
    expect(statSync(path.join(parentPath, name)).mode & 0o777, name).toBe(0o600);
  expect(files.length).toBeGreaterThan(20);
});

test("a schema of other migrations is refused, with the release that fits", async () => {
  await here.admin.query(
    "insert into beta.migrations (timestamp, name) values (1800000000000, 'Later1800000000000')",
  );
  await expect(restored()).rejects.toThrow(
    /schema of beta .* has Later1800000000000: restore with release \d+\.\d+\.\d+, then upgrade/,
  );
  await here.admin.query("delete from beta.migrations where name = 'Later1800000000000'");
});

test("an installation that runs is refused, by the roles that work there", async () => {
  const app = new Client({ connectionString: here.urlOf("alpha_app") });
  await app.connect();
  await expect(restored()).rejects.toThrow(/sessions of alpha_app: stop them first/);
  await app.end();
});

test("an admin who does not see all rows is told what is missing", async () => {
  const told = { ...here.told, DATABASE_ADMIN_URL: here.urlOf("alpha_owner") };
  await expect(as({ told }, () => restore(saved, {}))).rejects.toThrow(
    /alpha_owner does not see the rows of all tenants/,
  );
});

test("what comes back is what was there, and it goes on where it was", async () => {
  await restored();
  expect(await figures(here)).toEqual(await figures(there));
  const secured = `select relname, relrowsecurity, relforcerowsecurity, relowner::regrole::text as owner
    from pg_class where relname like 'event_log_2%' order by relnamespace::regnamespace::text, relname`;
  expect((await here.admin.query(secured)).rows).toEqual((await there.admin.query(secured)).rows);
  const next =
    "insert into alpha.outbox (event_id, tenant_id, aggregate_id, version, subject, payload) values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 1, '', '') returning position";
  expect((await here.admin.query(next)).rows).toEqual([{ position: "8" }]);
});

test("the stream goes as far as the log, each event at its own place, and a durable goes on", async () => {
  const { state } = await here.jsm.streams.info("GUANXI");
  expect(state).toMatchObject({ messages: 12, first_seq: 1, last_seq: 13, num_deleted: 1 });
  const { rows } = await here.admin.query(
    "select stream_sequence::int as seq, event_id from alpha.event_log order by 1",
  );
  for (const { seq, event_id } of rows as { seq: number; event_id: string }[])
    expect((await here.jsm.streams.getMessage("GUANXI", { seq }))?.header.get("Nats-Msg-Id"), `${seq}`).toBe(
      event_id,
    );
  const consumer = await here.js.consumers.get("GUANXI", "department");
  expect((await consumer.next())?.seq).toBe(5);
});

test("what is full is let alone, unless it may be replaced", async () => {
  await expect(restored()).rejects.toThrow(/something here already \(alpha\.entries, .*--replace/);
  await here.admin.query("delete from alpha.entries");
  await here.js.publish("guanxi.later", "");
  await restored(saved, { replace: true });
  expect(await figures(here)).toEqual(await figures(there));
  expect((await here.jsm.streams.info("GUANXI")).state.last_seq).toBe(13);
});

test("the issuer's key comes back by its folder's right alone, or nothing does", async () => {
  const [from, to] = ["settings-there", "settings-here"].map((name) => path.join(place, name)) as [
    string,
    string,
  ];
  const key = "issuer.key.json";
  for (const [folder, content] of Object.entries({ [from]: "the first", [to]: "another" })) {
    mkdirSync(folder);
    writeFileSync(path.join(folder, key), content);
  }
  linkSync(path.join(to, key), path.join(place, "as it was")); // shows whether the old file was written to
  const folder = path.join(place, "with settings");
  await as({ told: { ...there.told, GUANXI_DATA: from } }, () => backup(folder));

  const state = async () => [await figures(here), (await here.jsm.streams.info("GUANXI")).created];
  const restoredTo = (data: string) =>
    as({ told: { ...here.told, GUANXI_DATA: data } }, () => restore(folder, { replace: true }));
  const before = await state();
  await expect(restoredTo(`${to}/missing`)).rejects.toThrow(/\.part'?: let this user write to .*GUANXI_DATA/);
  expect(await state()).toEqual(before);

  await restoredTo(to);
  expect(readFileSync(path.join(to, key), "utf8")).toBe("the first");
  expect(readFileSync(path.join(place, "as it was"), "utf8")).toBe("another");
  expect(readdirSync(to)).toEqual([key]);
});

test("a restore that finds a table not as it was leaves all as it was", async () => {
  await here.admin.query(
    "create function beta.spoil() returns trigger language plpgsql as $$ begin new.rate := 0; return new; end $$",
  );
  await here.admin.query(
    "create trigger spoil before insert on beta.ledgers for each row execute function beta.spoil()",
  );
  await here.admin.query("alter table beta.ledgers enable always trigger spoil");
  const before = [await figures(here), (await here.jsm.streams.info("GUANXI")).state];
  await expect(restored(saved, { replace: true })).rejects.toThrow(
    /beta\.ledgers was 50 rows .* nothing was restored/,
  );
  expect([await figures(here), (await here.jsm.streams.info("GUANXI")).state]).toEqual(before);
  await here.admin.query("drop function beta.spoil cascade");
});

test("a service whose log disagrees with the stream is left to its relay, and others are filled in", async () => {
  await here.jsm.streams.delete("GUANXI");
  await here.jsm.streams.add({ name: "GUANXI", subjects: ["guanxi.>"] });
  for (const place of [1, 2, 3, 4, 5]) await here.js.publish("guanxi.other", "", { msgID: `other ${place}` });
  const log = `insert into beta.event_log (event_id, tenant_id, aggregate_id, version, subject, payload, stream_sequence)
    select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 1, 'guanxi.t.beta.v1.Entered.p00', '', n
    from generate_series(6, 7) n returning event_id`;
  const ids = (await here.admin.query(log)).rows.map((row) => (row as { event_id: string }).event_id);
  const nats = await connect({ servers: here.told.NATS_URL });
  const services = ["alpha", "beta"]; // alpha's log has 1 to 13, of the backup
  await fillStream(here.admin, { nats, stream: "GUANXI", services, last: 5, reach: 9 });
  await nats.close();
  const { state } = await here.jsm.streams.info("GUANXI");
  expect(state).toMatchObject({ messages: 7, last_seq: 9 });
  for (const [index, id] of ids.entries())
    expect((await here.jsm.streams.getMessage("GUANXI", { seq: 6 + index }))?.header.get("Nats-Msg-Id")).toBe(
      id,
    );
});

test("what a later nats-server has written is not given to an older one", () => {
  const backup = { folder: saved, manifest: { stream: { natsVersion: "2.15.1" } } } as Backup;
  expect(() => refuseOlderNats(backup, "2.9.10")).toThrow(/is of nats-server 2\.15\.1, here is 2\.9\.10/);
  expect(() => refuseOlderNats(backup, "2.15.0")).not.toThrow();
  expect(() => refuseOlderNats(backup, "3.0.0")).not.toThrow();
});

test("a backup that ends in the midst of it leaves nothing that looks complete", async () => {
  const folder = path.join(place, "cut");
  const program = path.join(import.meta.dirname, "../src/main.ts");
  const env = { ...process.env, ...there.told };
  await there.admin.query("begin; lock table beta.ledgers in access exclusive mode"); // it gets so far, and waits
  const child = spawn(process.execPath, ["--conditions=source", program, "backup", folder], { env });
  const ended = once(child, "exit");
  await endSessionThatWaits(() => child.kill("SIGKILL"));
  await ended;
  expect([existsSync(folder), existsSync(`${folder}.part`)]).toEqual([false, true]);
  await expect(restored(`${folder}.part`)).rejects.toThrow(/no complete backup/);
  await expect(as(there, () => backup(folder))).rejects.toThrow(/in that case remove it/);

  const lost = as(there, () => backup(path.join(place, "lost"))).catch((error: Error) => error.message);
  await endSessionThatWaits(() => undefined);
  expect(await lost).toMatch(/terminat/);
  await there.admin.query("rollback");
  expect(readdirSync(place).filter((name) => name.startsWith("lost"))).toEqual([]);
});

/** A backup's, at the table that is locked; the server does not see by itself that nobody is there any more. */
async function endSessionThatWaits(before: () => unknown): Promise<void> {
  const waiting = "from pg_locks where not granted and relation = 'beta.ledgers'::regclass";
  const count = async () => (await there.admin.query(`select ${waiting}`)).rowCount;
  await vi.waitUntil(count, { timeout: 20_000, interval: 50 });
  before();
  await there.admin.query(`select pg_terminate_backend(pid, 5000) ${waiting}`);
}
