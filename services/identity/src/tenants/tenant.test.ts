import { expect, test } from "vitest";
import { changeTenant, foundTenant } from "./tenant.ts";

const now = new Date("2026-03-01T00:00:00Z");
const settings = { displayName: "Acme", timeZone: "Asia/Shanghai", currencyCode: "CNY" };

test.for(["Asia/Shanghai", "Europe/Berlin", "UTC", "Asia/Kolkata"])("%s is a time zone", (timeZone) => {
  expect(foundTenant("t", { ...settings, timeZone }, now)).toMatchObject({ timeZone, version: 0 });
});

test.for(["+08:00", "Mars/Olympus", "", "Asia/Shanghai ", "8"])("%j is no time zone", (timeZone) => {
  expect(() => foundTenant("t", { ...settings, timeZone }, now)).toThrow(
    expect.objectContaining({ reason: "TIME_ZONE_UNKNOWN" }),
  );
});

test("a currency must be one of ISO 4217", () => {
  const tenant = foundTenant("t", settings, now);
  expect(changeTenant(tenant, { ...settings, currencyCode: "EUR" }, now).currencyCode).toBe("EUR");
  expect(() => changeTenant(tenant, { ...settings, currencyCode: "ZZZ" }, now)).toThrow(
    expect.objectContaining({ reason: "CURRENCY_UNKNOWN" }),
  );
});
