import { afterAll, beforeAll, expect, test } from "vitest";
import { compileFilter } from "../../src/filter/compile.ts";
import { toSql } from "../../src/filter/sql.ts";
import { agree } from "./agreement.ts";
import { type Database, openDatabase } from "./database.ts";
import { MUTANTS, withMistake } from "./mutants.ts";
import { startPostgres } from "./postgres.ts";
import { RARE } from "./rare.ts";

const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31);
const RUNS = 1500;

let server: Awaited<ReturnType<typeof startPostgres>>;
let database: Database;
beforeAll(async () => {
  server = await startPostgres();
  database = await openDatabase(server.url);
}, 60_000);
afterAll(async () => {
  await database.close();
  await server.stop();
});

test(`SQL, the process and an oracle select the same rows (seed ${SEED})`, { timeout: 60_000 }, async () => {
  const tally = await agree(
    database.app,
    { compile: compileFilter, toSql },
    { runs: RUNS, seed: SEED, examples: RARE },
  );
  expect(tally.cases).toBe(RUNS);
  expect(tally.mixed, "too few expressions divide the rows: the generator is blind").toBeGreaterThan(
    RUNS / 5,
  );
});

for (const mutant of MUTANTS) {
  test(`a compiler is caught in which ${mutant.name} (seed ${SEED})`, { timeout: 60_000 }, async () => {
    const { compiler, remove } = await withMistake(mutant);
    try {
      await expect(
        agree(database.app, compiler, { runs: 10_000, seed: SEED, examples: RARE, endOnFailure: true }),
      ).rejects.toThrow(/Property failed after/);
    } finally {
      remove();
    }
  });
}
