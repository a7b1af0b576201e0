import { expect, test } from "vitest";
import { schemaFault, schemaVersion, type Step } from "./schema-steps.ts";

const made: Step = { name: "Made11" };
const widened: Step = { name: "Widened12" };
const narrowed: Step = { name: "Narrowed13", needs: "12" };

test("code works on its own schema, and on one that has only grown", () => {
  expect(schemaFault([made], [made])).toBeUndefined();
  expect(schemaFault([made], [made, widened])).toBeUndefined();
});

test("what code knows and the schema lacks, migrate adds", () => {
  expect(schemaFault([made, widened], [made])).toBe("the schema lacks Widened12: run migrate");
  expect(schemaFault([made], [])).toBe("the schema lacks Made11: run migrate");
});

test("a step that takes away stops code that does not know what came instead, and no other", () => {
  expect(schemaFault([made], [made, widened, narrowed])).toBe(
    "Narrowed13 took away what this code uses (it knows 11): start a newer release",
  );
  expect(schemaFault([made, widened], [made, widened, narrowed])).toBeUndefined();
});

test("a step that is unknown and not newer is of another line, and says nothing of what it means", () => {
  expect(schemaFault([made, narrowed], [made, widened, narrowed])).toBe(
    "the schema has Widened12, which another line of releases has made: start a release of that line",
  );
  expect(schemaFault([made], [made, { name: "Other11" }])).toContain("Other11");
});

test("a version is the last stamp, and needs the highest that a step needs, or the first", () => {
  expect(schemaVersion([made, widened])).toEqual({ version: "12", needs: "11" });
  expect(schemaVersion([narrowed, made, widened])).toEqual({ version: "13", needs: "12" });
});
