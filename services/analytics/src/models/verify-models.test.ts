import { expect, test } from "vitest";
import { holds, verifyModels } from "./verify-models.ts";

test("R025 the models find again what 20,000 customers were made from", () => {
  const { figures } = verifyModels(20_000);
  expect(figures).toHaveLength(12);
  expect(figures.filter((figure) => !holds(figure))).toEqual([]);
});
