import { expect, test } from "vitest";
import { firstTerms, termsAmong } from "./response-target.ts";

const target = (grade: "" | "A" | "B", replyMinutes: number) => ({ grade, replyMinutes, silenceDays: 7 });

test("R061 the target of the grade holds before that of the channel, and that before the one from the beginning", () => {
  const targets = [target("", 100), target("A", 10)];
  const minutes = (grade: string | null) => termsAmong(targets, "EMAIL", grade).replyMinutes;
  expect([minutes("A"), minutes("B"), minutes(null)]).toEqual([10, 100, 100]);
  expect(termsAmong([target("A", 10)], "EMAIL", "B")).toEqual({ replyMinutes: 1440, silenceDays: 7 });
  expect([firstTerms("WEB_CHAT").replyMinutes, firstTerms("WECHAT").replyMinutes]).toEqual([2, 60]);
});
