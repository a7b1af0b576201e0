import { flush } from "../src/flush.ts";
import { Pool } from "pg";
import { afterAll, expect, inject, test } from "vitest";

const pool = new Pool({ connectionString: inject("adminUrl"), pipeline: true });
afterAll(() => pool.end());

// The driver refuses a second text of one name by itself, and would send the COMMIT behind it all the same.
test("one name with two texts is two statements, and neither is lost behind a COMMIT", async () => {
  const client = await pool.connect();
  try {
    await flush(client, [{ text: "create temp table seen (n int)" }]);
    const insert = (text: string) => ({ name: "insert", text, values: [1] });
    const first = insert("insert into seen select $1::int");
    const second = insert("insert into seen select $1::int + 1");
    await flush(client, [{ text: "begin" }, first, second, first, { text: "commit" }]);
    const [result] = await flush(client, [{ text: "select n from seen order by n" }]);
    expect(result!.rows).toEqual([{ n: 1 }, { n: 1 }, { n: 2 }]);
  } finally {
    client.release();
  }
});
