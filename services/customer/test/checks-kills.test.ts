import { expect, inject, test } from "vitest";
import { killChecks } from "./checks-kills.ts";

test("R020 two processes are killed ten times while customers and conditions change: nobody is missed, nothing is said twice", async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
  process.stderr.write(`SEED=${seed}\n`);
  const killing = { customers: 1_200, kills: 10, seed };
  const { wrong, outOfTurn, telling, underWay } = await killChecks(inject("adminUrl"), killing);
  expect({ wrong, outOfTurn }).toEqual({ wrong: 0, outOfTurn: 0 });
  expect(underWay).toBeGreaterThan(0);
  expect(telling).toMatchObject({ twice: 0, gaps: 0 });
}, 300_000);
