import { Affiliation_Role as Role, Contact } from "@guanxi/contract/guanxi/customer/v1/contact";
import { expect, test } from "vitest";
import { add, change, leave } from "./contact.ts";
import { present } from "./present.ts";

const setting = { now: new Date("2026-03-01T12:00:00Z"), today: "2026-03-01", country: "CN" };
const FIRM = "01970000-0000-7000-8000-00000000000a";
const OTHER = "01970000-0000-7000-8000-00000000000b";
const start = { year: 2024, month: 1, day: 1 };
const at = (customerId: string, more = {}) => ({
  customerId,
  role: Role.DECISION_MAKER,
  startDate: start,
  ...more,
});
const contact = (...affiliations: ReturnType<typeof at>[]) =>
  Contact.fromPartial({ displayName: "李娜", affiliations });
const li = add(contact(at(FIRM), at(OTHER)), "li", setting);
const violation = (field: string) =>
  expect.objectContaining({ violations: [expect.objectContaining({ field })] });

test("R018 a person may belong to several firms, and leaving keeps history", () => {
  const left = leave(li, { customerId: FIRM, endDate: undefined }, setting);
  expect(left.affiliations.map(({ endDate }) => endDate)).toEqual(["2026-03-01", null]);
  expect(() => leave(left, { customerId: FIRM, endDate: undefined }, setting)).toThrow(
    expect.objectContaining({ reason: "NOT_AFFILIATED" }),
  );
  const back = change(
    left,
    Contact.fromPartial({ ...present(left), affiliations: [...present(left).affiliations, at(FIRM)] }),
    setting,
  );
  expect(back.affiliations.map(({ customerId, endDate }) => [customerId, endDate])).toEqual([
    [FIRM, "2026-03-01"],
    [OTHER, null],
    [FIRM, null],
  ]);
});

test("R018 what was is not rewritten", () => {
  const left = leave(li, { customerId: FIRM, endDate: undefined }, setting);
  const [ended, open] = present(left).affiliations;
  const kept = expect.objectContaining({ reason: "AFFILIATION_KEPT" });
  const to = (...affiliations: unknown[]) =>
    change(left, Contact.fromPartial({ ...present(left), affiliations } as never), setting);
  expect(() => to(open)).toThrow(kept);
  expect(() => to(ended)).toThrow(kept);
  expect(() => to({ ...ended, title: "CEO" }, open)).toThrow(kept);
  expect(() => to(ended, { ...open, endDate: start })).toThrow(kept);
  expect(to(open, ended, { ...at(FIRM), title: "again" }).affiliations).toHaveLength(3);
  expect(to(ended, { ...open, title: "CTO", influence: 5 }).affiliations[1]).toMatchObject({
    title: "CTO",
    influence: 5,
  });
});

test("R018 an affiliation has days in their order, and is not twice at one firm", () => {
  const adding =
    (...affiliations: ReturnType<typeof at>[]) =>
    () =>
      add(contact(...affiliations), "li", setting);
  expect(adding(at(FIRM), at(FIRM))).toThrow(violation("contact.affiliations[1].customer_id"));
  expect(adding(at(FIRM, { startDate: { year: 2026, month: 2, day: 30 } }))).toThrow(
    violation("contact.affiliations[0].start_date"),
  );
  for (const endDate of [
    { year: 2023, month: 12, day: 31 },
    { year: 2026, month: 3, day: 2 },
    { year: 0, month: 1, day: 1 },
  ]) {
    expect(adding(at(FIRM, { endDate }))).toThrow(violation("contact.affiliations[0].end_date"));
    expect(() => leave(li, { customerId: FIRM, endDate }, setting)).toThrow(violation("end_date"));
  }
});
