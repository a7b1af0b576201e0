import {
  type ContactPoint,
  ContactPoint_Kind as Kind,
} from "@guanxi/contract/guanxi/customer/v1/contact_point";
import fc from "fast-check";
import { getCountries, getExampleNumber } from "libphonenumber-js/min";
import examples from "libphonenumber-js/mobile/examples";
import { expect, test } from "vitest";
import { normaliseEmail, normalisePhone, normalisePoints } from "./contact-points.ts";
import { countryOf } from "./country.ts";

const point = (kind: Kind, value: string, primary = false): ContactPoint => ({
  kind,
  value,
  normalised: "what a caller sends here is nothing to us",
  label: "",
  primary,
});

test("R008 a phone number has one normal form, however it is written", () => {
  for (const written of [
    "13800138000",
    "138 0013 8000",
    "+86 138-0013-8000",
    "(0086)13800138000",
    "１３８００１３８０００",
  ]) {
    expect(normalisePhone(written, "CN")).toBe("+8613800138000");
  }
  expect(normalisePhone("030 123456", "DE")).toBe("+4930123456");
  expect(normalisePhone("+49 30 123456", "CN")).toBe("+4930123456");
});

test.for(["12", "110", "abc", "call 13800138000 now", "+86", "", "1".repeat(300), "\u202e13800138000x"])(
  "R008 %j is no phone number",
  (written) => {
    expect(normalisePhone(written, "CN")).toBeUndefined();
  },
);

test("R008 without a country only a number with + is one", () => {
  expect(normalisePhone("13800138000", undefined)).toBeUndefined();
  expect(normalisePhone("13800138000", "XX")).toBeUndefined();
  expect(normalisePhone("+8613800138000", undefined)).toBe("+8613800138000");
});

test("R008 the normal form of a normal form is itself, in every country", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...getCountries()),
      fc.constantFrom("CN", "US", undefined),
      (country, other) => {
        const number = getExampleNumber(country, examples)!;
        const normal = normalisePhone(number.formatNational(), country);
        expect(normal).toBe(number.number);
        expect(normalisePhone(normal!, other)).toBe(normal);
      },
    ),
  );
});

test("R008 an e-mail address is compared in lower case", () => {
  fc.assert(
    fc.property(fc.emailAddress(), (email) => {
      expect(normaliseEmail(email.toUpperCase())).toBe(normaliseEmail(email));
    }),
  );
});

test("what people wrote stays beside its normal form", () => {
  const sent = [
    point(Kind.EMAIL, "Lin.Xiao@Example.COM"),
    point(Kind.PHONE, " 138 0013 8000"),
    point(Kind.WECHAT, "LinX"),
  ];
  const points = normalisePoints(sent, "CN", "customer.contact_points");
  expect(points.map(({ value }) => value)).toEqual(sent.map(({ value }) => value));
  expect(points.map(({ normalised }) => normalised)).toEqual(["lin.xiao@example.com", "+8613800138000", ""]);
});

test("R008 a refusal names each wrong point", () => {
  const sent = [
    point(Kind.PHONE, "13800138000", true),
    point(Kind.PHONE, "nonsense", true),
    point(Kind.EMAIL, "a@example.com", true),
  ];
  const fields = ["customer.contact_points[1].value", "customer.contact_points[1].primary"];
  expect(() => normalisePoints(sent, "CN", "customer.contact_points")).toThrow(
    expect.objectContaining({
      reason: "INVALID_CONTACT_POINT",
      violations: fields.map((field) => expect.objectContaining({ field })),
    }),
  );
});

test.for([
  ["Asia/Shanghai", "CN"],
  ["Asia/Urumqi", "CN"],
  ["Asia/Kolkata", "IN"],
  ["Asia/Calcutta", "IN"],
  ["Europe/Berlin", "DE"],
  ["UTC", undefined],
] as const)("%s lies in %s", ([zone, country]) => {
  expect(countryOf(zone)).toBe(country);
});
