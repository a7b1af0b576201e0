import { expect, test } from "vitest";
import { changeCategory, createCategory } from "./category.ts";

const now = new Date("2026-03-01T00:00:00Z");
const retail = createCategory("retail", { displayName: "Retail", parentCategoryId: "trade" }, ["trade"], now);
const move = (parentCategoryId: string, line: string[], height = 0) =>
  changeCategory(retail, { displayName: "Retail", parentCategoryId }, { line, height }, now).parentCategoryId;

test("R011 a category stands at the top or below another", () => {
  expect(retail.parentCategoryId).toBe("trade");
  expect(move("", [])).toBeNull();
});

test("R011 a category never stands below itself", () => {
  const circle = expect.objectContaining({ reason: "CATEGORY_CIRCLE" });
  expect(() => move("retail", ["retail", "trade"])).toThrow(circle);
  expect(() => move("shops", ["shops", "retail", "trade"])).toThrow(circle);
});

test("R011 a tree has ten levels, with what stands below", () => {
  const line = Array.from({ length: 9 }, (_, index) => `level ${index}`);
  const deep = expect.objectContaining({ reason: "TREE_TOO_DEEP" });
  expect(move("level 0", line)).toBe("level 0");
  expect(() => move("level 0", line, 1)).toThrow(deep);
  expect(() =>
    createCategory("new", { displayName: "New", parentCategoryId: "x" }, [...line, "x"], now),
  ).toThrow(deep);
});
