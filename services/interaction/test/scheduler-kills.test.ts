import { expect, inject, test } from "vitest";
import { killSchedulers } from "./scheduler-kills.ts";
import { CARE, COMPANIES } from "./scheduler-work.ts";

const KILLS = 10;
const SURVEYS = 2;

test("R064, R065, R072 two schedulers are killed ten times, one with its clock days ahead: each task and invitation is made once", async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
  process.stderr.write(`SEED=${seed}\n`);
  const { care, runs, telling, underWay, complaints } = await killSchedulers(inject("adminUrl"), {
    ...{ kills: KILLS, seed },
  });
  expect(complaints).toEqual([]);
  expect(underWay).toBeGreaterThan(0);
  expect(care).toEqual(CARE);
  expect(runs.length).toBeGreaterThanOrEqual(COMPANIES * SURVEYS);
  for (const { counted, found } of runs) expect(counted).toEqual(found);
  expect(telling).toMatchObject({ twice: 0, gaps: 0 });
}, 300_000);
