import { expect, test } from "vitest";
import { readable } from "./readable.ts";

test("a JSON line becomes a sentence, louder than info by its level, an error by its message", () => {
  const base = { time: "2026-01-01T00:00:00Z", service: "customer", trace_id: "abc" };
  expect(readable(JSON.stringify({ ...base, level: "info", msg: "ready", port: 5 }))).toBe("ready port=5");
  const err = { type: "Error", message: "connection lost", stack: "Error: connection lost\n  at x" };
  expect(readable(JSON.stringify({ ...base, level: "warn", msg: "tries again", err }))).toBe(
    "warn tries again err=connection lost",
  );
});

test("anything else stays as it is", () => {
  const lines = ["plain", "{not json", '{"no":"message"}', "", '{"msg":"m","nothing":null}'];
  expect(lines.map(readable)).toEqual(["plain", "{not json", '{"no":"message"}', "", "m nothing=null"]);
});
