import { expect, test } from "vitest";
import { atLeast, refuseOld } from "./nats-binary.ts";

test("versions compare by number", () => {
  expect(atLeast("2.10.27", "2.9.0")).toBe(true);
  expect(atLeast("2.9.10", "2.10.23")).toBe(false);
  expect(atLeast("2.10.23", "2.10.23")).toBe(true);
  expect(atLeast("3.0.0-preview.1", "2.10.0")).toBe(true);
});

test("a NATS below 2.9 is refused by name and version", () => {
  expect(() => refuseOld("2.8.4", "NATS_SERVER_BIN")).toThrow("NATS_SERVER_BIN is NATS 2.8.4; 2.9 or later");
  expect(() => refuseOld("2.9.0", "NATS_SERVER_BIN")).not.toThrow();
});
