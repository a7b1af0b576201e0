import { Client } from "pg";
import { expect, inject, test } from "vitest";

test("the run's Postgres is of the asked major and spares the disk", async () => {
  const client = new Client({ connectionString: inject("adminUrl") });
  await client.connect();
  const { rows } = await client.query(
    "select current_setting('server_version_num')::int / 10000 as major, current_setting('fsync') as fsync",
  );
  await client.end();
  expect(rows).toEqual([{ major: Number(process.env.GUANXI_PG ?? "18"), fsync: "off" }]);
});
