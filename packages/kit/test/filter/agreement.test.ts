import { afterAll, expect, inject, test } from "vitest";
import { compileFilter } from "../../src/filter/compile.ts";
import { toSql } from "../../src/filter/sql.ts";
import { agree } from "./agreement.ts";
import { openDatabase } from "./database.ts";
import { MUTANTS, withMistake } from "./mutants.ts";
import { RARE } from "./rare.ts";

const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31);
const RUNS = 1500;

const database = await openDatabase(inject("adminUrl"));
afterAll(() => database.close());

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
    const how = { runs: 10_000, seed: SEED, examples: RARE, endOnFailure: true };
    const failure = await agree(database.app, compiler, how).catch((error: Error) => error);
    remove();
    // Not just any error: a lost connection catches nobody.
    expect(String((failure as Error).cause)).toMatch(
      /selects \d+ instead of|a checked expression failed|Invalid code point/,
    );
  });
}
