import type { Contact } from "@guanxi/client/gen/guanxi";
import { expect, test } from "vitest";
import { changedContact, newContact, valuesOf } from "./contact-form.ts";

const HERE = "01a20355-0000-7000-8000-000000000001";
const THERE = "01a20355-0000-7000-8000-000000000002";

const contact = {
  displayName: "徐勇",
  contactPoints: [
    { kind: "KIND_PHONE", value: "021 1", normalised: "+86211", label: "office", primary: true },
    { kind: "KIND_PHONE", value: "021 2", normalised: "+86212", label: "", primary: false },
    { kind: "KIND_WECHAT", value: "xy", normalised: "", label: "", primary: false },
  ],
  affiliations: [
    {
      customerId: HERE,
      role: "ROLE_USER",
      title: "采购",
      department: "",
      seniority: "SENIORITY_STAFF",
      influence: 2,
    },
    {
      customerId: THERE,
      role: "ROLE_OTHER",
      title: "顾问",
      department: "",
      seniority: "SENIORITY_UNSPECIFIED",
      influence: 0,
    },
  ],
} as unknown as Contact;

test("what the form does not show of a contact goes along unchanged", () => {
  const values = { ...valuesOf(contact, HERE), title: "采购总监", phone: "021 9", email: "xy@example.com" };
  const sent = changedContact(values, HERE, contact);
  expect(sent.affiliations?.map(({ customerId, title }) => [customerId, title])).toEqual([
    [HERE, "采购总监"],
    [THERE, "顾问"],
  ]);
  expect(sent.contactPoints?.map(({ value, label }) => [value, label])).toEqual([
    ["021 9", "office"],
    ["021 2", ""],
    ["xy", ""],
    ["xy@example.com", undefined],
  ]);
});

test("a number that was emptied is taken away; what is masked is not sent", () => {
  const values = { ...valuesOf(contact, HERE), phone: " " };
  expect(changedContact(values, HERE, contact).contactPoints?.map(({ value }) => value)).toEqual([
    "021 2",
    "xy",
  ]);
  const masked = { ...contact, displayName: "***" };
  expect(Object.keys(changedContact(valuesOf(masked, HERE), HERE, masked))).toEqual(["affiliations"]);
});

test("a new contact works where the form was opened", () => {
  const sent = newContact(
    { name: " 马婷 ", role: "ROLE_OTHER", seniority: "SENIORITY_UNSPECIFIED", phone: "1" },
    HERE,
  );
  expect(sent).toMatchObject({
    displayName: "马婷",
    affiliations: [{ customerId: HERE }],
    contactPoints: [{ value: "1" }],
  });
});
