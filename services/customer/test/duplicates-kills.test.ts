import { expect, inject, test } from "vitest";
import { killScans } from "./duplicates-kills.ts";

const PEOPLE = 800;
const KILLS = 8;

test("R009 two processes that scan are killed eight times: every scan ends, and each pair is found new once", async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
  process.stderr.write(`SEED=${seed}\n`);
  const found = await killScans(inject("adminUrl"), { people: PEOPLE, kills: KILLS, seed });
  expect(found.complaints).toEqual([]);
  expect(found.underWay).toBeGreaterThan(0);
  const all = { state: "COMPLETED", customers: 2 * PEOPLE, kept: PEOPLE, dismissed: 0, gone: 0 };
  const [first, ...others] = found.scans;
  expect(first).toEqual({ ...all, new: PEOPLE, seen: 0 });
  expect(others).toEqual(others.map(() => ({ ...all, new: 0, seen: PEOPLE })));
  expect(found.pairs).toBe(PEOPLE);
}, 300_000);
