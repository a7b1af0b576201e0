import { compileFilter } from "@guanxi/kit/filter/compile";
import { toSql } from "@guanxi/kit/filter/sql";
import { startPostgres } from "@guanxi/testkit/servers/postgres";
import { agree } from "../../packages/kit/test/filter/agreement.ts";
import { openDatabase } from "../../packages/kit/test/filter/database.ts";

/** CEL as SQL, CEL in the process and an oracle select the same rows. */
export async function verifyFilter(runs = 10_000): Promise<string> {
  const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
  const server = await startPostgres(process.env.GUANXI_PG ?? "18");
  try {
    const database = await openDatabase(server.adminUrl);
    const { cases, rows, selected, mixed } = await agree(
      database.app,
      { compile: compileFilter, toSql },
      { runs, seed },
    );
    await database.close();
    if (mixed < cases / 5)
      throw new Error(`only ${mixed} of ${cases} expressions divide their rows (seed ${seed})`);
    return `${cases} expressions over ${rows} rows, ${selected} selected, ${mixed} expressions divide them (seed ${seed})`;
  } finally {
    await server.stop();
  }
}
