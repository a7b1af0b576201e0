import { startService } from "@guanxi/testkit/service";
import { afterAll, expect, test, vi } from "vitest";
import { keepHouse } from "../src/housekeeping.ts";
import { openSession } from "../src/session.ts";
import { teamsApp } from "./teams-app.ts";

const service = await startService(teamsApp);
afterAll(() => service.stop());

test("a month that cannot be made while a backup reads is made later, and nobody waits for it", async () => {
  await ownRelayKeptHouse();
  const last = await service.admin.query(
    "select max(relname) as name from pg_class where relname ~ '^event_log_[0-9]{6}$'",
  );
  const { name } = last.rows[0] as { name: string };
  const made = async () =>
    (await service.admin.query("select to_regclass($1) is not null as made", [name])).rows[0] as object;
  await service.admin.query(`drop table ${name}`);
  await service.admin.query("begin; lock table event_log in access share mode"); // as pg_dump does
  const told = vi.fn<(error: unknown) => void>();
  const databaseUrl = service.database.urlOf("relay");
  const session = await openSession({ service: "teams", databaseUrl, use: "relay" });
  await keepHouse(session, told);
  expect(told).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: "55P03" }));
  await service.admin.query("commit");
  await keepHouse(session, told); // too soon
  expect(await made()).toEqual({ made: false });
  const now = performance.now();
  const clock = vi.spyOn(performance, "now").mockReturnValue(now + 60_000);
  await keepHouse(session, told);
  clock.mockRestore();
  expect(await made()).toEqual({ made: true });
  const [row] = await session.ask<{ lock_timeout: string }>("show lock_timeout");
  expect(row).toEqual({ lock_timeout: "0" }); // only that one statement is in a hurry
  await session.end();
});

/** Which it does before it first looks for what to publish, and then not for an hour. */
async function ownRelayKeptHouse(): Promise<void> {
  await vi.waitFor(async () => {
    const { rowCount } = await service.admin.query(
      "select from pg_stat_activity where datname = current_database() and application_name = 'teams relay' and query ~ 'from outbox'",
    );
    expect(rowCount).toBe(1);
  }, 20_000);
}
