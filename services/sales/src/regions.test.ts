import { expect, test } from "vitest";
import { regionCodeOf } from "./regions.ts";

test.for([
  ["CN", "CN"],
  ["China", "CN"],
  ["中国", "CN"],
  ["Deutschland", "DE"],
  ["united kingdom", "GB"],
  ["UK", "GB"],
  ["EIRE", "IE"],
  ["RSA", "ZA"],
  ["USA", "US"],
  ["Czech Republic", "CZ"],
  ["Hong Kong", "HK"],
  ["Côte d’Ivoire", "CI"],
  ["Saudi Arabia", "SA"],
  ["United Arab Emirates", "AE"],
] as const)("%s is %s", ([name, code]) => {
  expect(regionCodeOf(name)).toBe(code);
});

test.for(["Channel Islands", "European Community", "Unspecified", "EU", "XX", "DD", "", "cn "])(
  "%s is no country of ISO 3166-1, or not written so",
  (name) => {
    expect(regionCodeOf(name)).toBeNull();
  },
);
