import { expect, test } from "vitest";
import { createLog } from "./log.ts";

test("an error is told with type, message, stack and cause, and nothing that hangs on it", () => {
  const lines: string[] = [];
  const log = createLog("customer", "info", { write: (line) => void lines.push(line) });
  const cause = Object.assign(new TypeError("duplicate key"), { detail: "Key (email)=(ann@example.com)" });
  log.error({ err: new Error("not stored", { cause }), customerId: "c1" }, "refused");
  log.debug("below the level");

  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toContain("ann@example.com");
  expect(JSON.parse(lines[0]!)).toMatchObject({
    level: "error",
    service: "customer",
    customerId: "c1",
    msg: "refused",
    err: { type: "Error", message: "not stored", cause: { type: "TypeError", message: "duplicate key" } },
  });
});
