import { readFileSync } from "node:fs";
import { Channel } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import { type Customer, PartyRole, Source_Channel } from "@guanxi/contract/guanxi/customer/v1/customer";
import fc from "fast-check";
import { expect, test } from "vitest";
import { aFirm, aPerson, email, ID, phone, type Sent } from "../../test/builders.ts";
import { WEIGHTS } from "./completeness.ts";

const PARTS: Sent<Customer>[] = [
  { legalName: "北京华新有限公司" },
  { industry: "software" },
  { contactPoints: [phone("13800138000"), email("a@example.com")] },
  { contactPoints: [phone("13800138000")] },
  { addresses: [{ regionCode: "CN", locality: "北京" }] },
  { source: { channel: Source_Channel.REFERRAL } },
  { preferences: { preferredChannel: Channel.WECHAT, language: "zh-CN" } },
  { partyRoles: [PartyRole.BUYER] },
  { ownerId: ID },
];

test("R008 the weights of each kind sum to 100", () => {
  for (const weights of Object.values(WEIGHTS)) {
    expect(Object.values(weights).reduce((sum, weight) => sum + weight, 0)).toBe(100);
  }
});

test("R008 the weights are those that the contract publishes", () => {
  const path = new URL("../../../../proto/guanxi/customer/v1/customer.proto", import.meta.url);
  const comment = readFileSync(path, "utf8").replace(/\n\s*\/\/ /g, " ");
  const [, firm = "", person = ""] = /Of an organisation: (.*?)\. Of a person: (.*?)\./.exec(comment) ?? [];
  const sorted = (figures: number[]) => figures.sort((a, b) => a - b);
  const published = (text: string) => sorted([...text.matchAll(/\d+/g)].map(([figure]) => Number(figure)));
  expect(published(firm)).toEqual(sorted(Object.values(WEIGHTS.ORGANISATION)));
  expect(published(person)).toEqual(sorted(Object.values(WEIGHTS.PERSON)));
});

test("R008 a customer of whom all is known is complete, of whom nothing is known not at all", () => {
  expect(aFirm().completeness).toBe(0);
  expect(aPerson().completeness).toBe(0);
  const all = Object.assign({}, ...PARTS, PARTS[2]) as Sent<Customer>;
  expect(aFirm({ ...all, creditCode: "914403001922038216" }).completeness).toBe(100);
  expect(aPerson({ ...all, birthDate: { year: 0, month: 2, day: 29 } }).completeness).toBe(100);
});

test("R008 knowing more never makes a customer less complete", () => {
  fc.assert(
    fc.property(
      fc.subarray(PARTS),
      fc.constantFrom(...PARTS),
      fc.constantFrom(aFirm, aPerson),
      (known, more, a) => {
        const before = Object.assign({}, ...known) as Sent<Customer>;
        fc.pre(!(before.contactPoints && "contactPoints" in more)); // that would be another list, not a longer one
        expect(a({ ...before, ...more }).completeness).toBeGreaterThanOrEqual(a(before).completeness);
      },
    ),
  );
});
