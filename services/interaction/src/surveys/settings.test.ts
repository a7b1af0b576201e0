import { expect, test } from "vitest";
import { requireSurveyUrl } from "./settings.ts";

test("no survey is sent whose link nobody outside could follow", () => {
  expect(requireSurveyUrl("https://ask.example.com")).toBe("https://ask.example.com");
  for (const missing of [undefined, ""])
    expect(() => requireSurveyUrl(missing)).toThrow(
      expect.objectContaining({ reason: "SURVEY_URL_MISSING" }),
    );
});
