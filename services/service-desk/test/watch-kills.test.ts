import { expect, inject, test } from "vitest";
import { killDesks } from "./watch-kills.ts";

const CASES = 150;
const KILLS = 10;

test("R083 two desks are killed ten times, one with its clock weeks ahead: each breach and escalation is said once", async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
  process.stderr.write(`SEED=${seed}\n`);
  const { said, telling, underWay, complaints } = await killDesks(inject("adminUrl"), {
    ...{ cases: CASES, kills: KILLS, seed },
  });
  expect(complaints).toEqual([]);
  expect(underWay).toBeGreaterThan(0);
  expect(said).toEqual([{ breaches: 2, escalations: 2, cases: CASES }]);
  expect(telling).toMatchObject({ twice: 0, gaps: 0 });
}, 300_000);
