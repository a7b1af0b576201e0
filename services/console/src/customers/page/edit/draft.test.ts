import type { Customer } from "@guanxi/client/gen/guanxi";
import { expect, test } from "vitest";
import { changedKeys } from "./conflict.ts";
import { type Draft, draftOf, hiddenKeys, patchOf, tidy } from "./draft.ts";

const address = {
  revision: 0,
  regionCode: "CN",
  languageCode: "",
  postalCode: "",
  sortingCode: "",
  administrativeArea: "",
  locality: "杭州市",
  sublocality: "",
  addressLines: [],
  recipients: [],
  organization: "",
};

const customer = {
  displayName: "杭州明日食品有限公司",
  legalName: "",
  creditCode: "",
  industry: "食品",
  partyRoles: ["PARTY_ROLE_BUYER"],
  contactPoints: [
    { kind: "KIND_PHONE", value: "0571 8000", normalised: "+865718000", label: "", primary: true },
  ],
  addresses: [address],
  preferences: {
    preferredChannel: "CHANNEL_PHONE",
    language: "zh-CN",
    contactHours: [],
    topics: [],
    timeZone: "",
  },
  custom: { size: 12 },
} as unknown as Customer;

test("only what was changed is sent, each where the contract has it", () => {
  const base = draftOf(customer);
  const mine: Draft = { ...base, industry: "", language: "en", "custom.size": undefined, "custom.note": "x" };
  const changes = Object.fromEntries(changedKeys(base, mine).map((key) => [key, mine[key]]));
  expect(patchOf(changes, customer)).toEqual({
    industry: "",
    preferences: { ...customer.preferences, language: "en" },
    custom: { size: null, note: "x" },
  });
});

test("what was begun and left empty is no change", () => {
  const base = { ...draftOf(customer), addresses: [] };
  const begun = {
    ...base,
    addresses: [{ ...address, locality: "", addressLines: [undefined as unknown as string] }],
    contactPoints: [
      ...base.contactPoints,
      { kind: "KIND_PHONE" as const, value: " ", label: "", primary: false },
    ],
  };
  expect(changedKeys(base, tidy(begun))).toEqual([]);
});

test("what is masked cannot be changed", () => {
  const masked = {
    ...customer,
    displayName: "***",
    contactPoints: [{ ...customer.contactPoints[0]!, value: "***" }],
  };
  expect([...hiddenKeys(draftOf(masked))].toSorted()).toEqual(["contactPoints", "displayName"]);
});
