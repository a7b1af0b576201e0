import { expect, test } from "vitest";
import { kindIn, originIn, priorityIn, statusIn } from "./case-words.ts";

test.each([
  [statusIn, "Closed", "CLOSED"],
  [statusIn, "Closed with explanation", "CLOSED"],
  [statusIn, "Awaiting User Info", "WAITING_CUSTOMER"],
  [statusIn, "Awaiting Vendor", "ON_HOLD"],
  [statusIn, "IN_PROGRESS", "IN_PROGRESS"],
  [statusIn, "已解决", "RESOLVED"],
  [priorityIn, "3 - Moderate", "NORMAL"],
  [priorityIn, "1 - Critical", "URGENT"],
  [priorityIn, "高", "HIGH"],
  [originIn, "Self service", "WEB"],
  [originIn, "微信", "WECHAT"],
  [kindIn, "投诉", "COMPLAINT"],
  [kindIn, "", null],
] as const)("%o reads %s as %s", (read, text, name) => {
  expect(read(text)).toBe(name);
});

test.each(["Untimely response", "-100", "merged", "MERGED"])("%s is no status", (text) => {
  expect(() => statusIn(text)).toThrow("map it to one of them");
});
