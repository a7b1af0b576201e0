import { expect, test, vi } from "vitest";
import { readersWithoutDurable } from "./readers.ts";

const METRICS = `# TYPE reader_applied_events_total counter
reader_applied_events_total{consumer="sales-identity-projection-rights"} 7
reader_applied_events_total{consumer="sales-customer-effect-new_one"} 0
reader_waiting{consumer="sales-else"} 0
`;
const metrics = () => Promise.resolve([METRICS, METRICS, ""]);

test("a reader that the bus refuses is named once", async () => {
  const durables = () => Promise.resolve(["sales-identity-projection-rights", "finance"]);
  expect(await readersWithoutDurable({ durables, metrics })).toEqual(["sales-customer-effect-new_one"]);
});

test("one that has only begun is not", async () => {
  const all = ["sales-identity-projection-rights", "sales-customer-effect-new_one"];
  const durables = vi.fn<() => Promise<string[]>>(() => Promise.resolve(all)).mockResolvedValueOnce([]);
  expect(await readersWithoutDurable({ durables, metrics })).toEqual([]);
});
