import { ProblemError } from "@guanxi/client/send";
import type { Customer } from "@guanxi/client/gen/guanxi";
import { expect, test } from "vitest";
import type { Row } from "../list/rows.ts";
import { runEach } from "./run.ts";

const rows = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ customerId: String(index), etag: "1" }) as Row);
const answer = (row: Row, etag = "2") => ({ customerId: row.customerId, etag }) as Customer;
const problem = (status: number, detail: string) =>
  new ProblemError({ type: "", title: "No", status, reason: "", traceId: "t1", detail });

test("each row has its own outcome, and one that is refused stops nobody", async () => {
  const results = await runEach(rows(6), async (row) => {
    if (row.customerId === "3") throw problem(409, "It has been merged.");
    return answer(row, row.customerId === "4" ? "1" : "2");
  });
  expect(results.map(({ outcome }) => outcome)).toEqual([
    "done",
    "done",
    "done",
    "refused",
    "unchanged",
    "done",
  ]);
  expect(results[3]).toMatchObject({ reason: "It has been merged.", traceId: "t1" });
});

test("never more at a time than asked for", async () => {
  let running = 0;
  let most = 0;
  await runEach(
    rows(40),
    async (row) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 1));
      running -= 1;
      return answer(row);
    },
    { width: 4 },
  );
  expect(most).toBe(4);
});

test("what was lost on the way is asked once more under the same key, a refusal is not", async () => {
  const keys: string[] = [];
  const work = (status: number) => async (row: Row, key: { "Idempotency-Key": string }) => {
    keys.push(key["Idempotency-Key"]);
    if (keys.length === 1) throw problem(status, "");
    return answer(row);
  };
  expect((await runEach(rows(1), work(503)))[0]!.outcome).toBe("done");
  expect(keys).toEqual([keys[0], keys[0]]);
  keys.length = 0;
  expect((await runEach(rows(1), work(412)))[0]!.outcome).toBe("refused");
  expect(keys.length).toBe(1);
});

test("each row has a key of its own", async () => {
  const keys = new Set<string>();
  await runEach(rows(20), async (row, key) => {
    keys.add(key["Idempotency-Key"]);
    return answer(row);
  });
  expect(keys.size).toBe(20);
});

test("whoever stops it leaves the rest untouched", async () => {
  const stop = new AbortController();
  const results = await runEach(
    rows(10),
    async (row) => {
      if (row.customerId === "2") stop.abort();
      return answer(row);
    },
    { width: 1, signal: stop.signal },
  );
  expect(results.filter(({ outcome }) => outcome === "left").length).toBe(7);
});
