import { expect, test } from "vitest";
import { plain, table } from "./table.ts";

test("the table lines up and says why something is not there", () => {
  const rows = [
    { name: "postgres", address: "127.0.0.1:5", state: "ready" as const, pid: 7, readyAfter: 140 },
    { name: "nats", address: "127.0.0.1:42", state: "restarting" as const, note: "ended by SIGKILL" },
  ];
  expect(table(rows, plain)).toEqual([
    "  service    state        address        pid   ready after",
    "  postgres   ready        127.0.0.1:5    7     0.1 s",
    "  nats       restarting   127.0.0.1:42   ended by SIGKILL",
  ]);
});
