import { Customer, Grade, PartyRole, Source_Channel } from "@guanxi/contract/guanxi/customer/v1/customer";
import fc from "fast-check";
import { expect, test } from "vitest";
import { aFirm, aPerson, now, phone, setting } from "../../test/builders.ts";
import {
  archive,
  change,
  grade,
  gradeByModel,
  gradeSourceOf,
  judge,
  reassign,
  reclassify,
  restore,
  tag,
  untag,
} from "./customer.ts";
import { present } from "./present.ts";
import { keysOf } from "./sides.ts";

const later = new Date(now.getTime() + 1000);
const violation = (field: string) =>
  expect.objectContaining({ violations: [expect.objectContaining({ field })] });

test("R001 a new customer is active, a prospect and a possible one", () => {
  expect(aPerson()).toMatchObject({
    state: "ACTIVE",
    lifecycleStage: "PROSPECT",
    customerClass: "POTENTIAL",
    grade: null,
    gradeSinceTime: null,
    createDate: "2026-03-01",
    version: 0,
  });
  expect(aPerson({ grade: Grade.A })).toMatchObject({ grade: "A", gradeSinceTime: now });
});

test("R002 a change never touches the source", () => {
  const first = aPerson({ source: { channel: Source_Channel.REFERRAL, campaign: "spring" } });
  const sending = (more: object) =>
    change(first, Customer.fromPartial({ ...present(first), ...more }), setting);
  expect(sending({ industry: "tea" })).toMatchObject({ sourceCampaign: "spring", firstTouchTime: now });
  const { source } = present(first);
  for (const other of [{ campaign: "" }, { channel: 0 }, { detail: "x" }, { firstTouchTime: new Date(0) }]) {
    expect(() => sending({ source: { ...source, ...other } })).toThrow(violation("customer.source"));
  }
});

test("R002 nobody was touched in the future", () => {
  expect(() => aPerson({ source: { firstTouchTime: later } })).toThrow(
    violation("customer.source.first_touch_time"),
  );
});

test("R044 buyers and suppliers are core, both roles stand on one record", () => {
  expect(aFirm({ partyRoles: [PartyRole.BUYER, PartyRole.SUPPLIER] })).toMatchObject({
    partyRoles: ["BUYER", "SUPPLIER"],
    core: true,
  });
  expect(aFirm({ partyRoles: [PartyRole.COMPETITOR, PartyRole.REFERRER] }).core).toBe(false);
});

test.for([
  ["customer.credit_code", { creditCode: "914403001922038217" }],
  ["customer.birth_date", { birthDate: { year: 1990, month: 1, day: 1 } }],
  [
    "customer.external_ids",
    {
      externalIds: [
        { system: "erp", id: "1" },
        { system: "erp", id: "1" },
      ],
    },
  ],
  ["customer.preferences.language", { preferences: { language: "not a language" } }],
  ["customer.contact_points[0].value", { contactPoints: [phone("123")] }],
  ["customer.custom.nothing", { custom: { nothing: 1 } }],
] as const)("R008 a firm with a wrong %s is refused", ([field, sent]) => {
  expect(() => aFirm(sent)).toThrow(violation(field));
});

test("R008 a person has a birthday that was, and no credit code", () => {
  expect(aPerson({ birthDate: { year: 1990, month: 5, day: 17 } }).birthDay).toBe("1990-05-17");
  expect(aPerson({ birthDate: { year: 0, month: 5, day: 17 } })).toMatchObject({ birthDay: null });
  expect(() => aPerson({ birthDate: { year: 2026, month: 3, day: 2 } })).toThrow(
    violation("customer.birth_date"),
  );
  expect(() => aPerson({ creditCode: "914403001922038216" })).toThrow(violation("customer.credit_code"));
});

test("a local number belongs to the country of the address before that of the tenant", () => {
  const points = [phone("030 123456")];
  const address = { regionCode: "DE", locality: "Berlin" };
  const firm = aFirm({ contactPoints: points, addresses: [address] });
  expect(firm).toMatchObject({ regionCode: "DE", city: "Berlin" });
  expect(firm.contactPoints[0]!.normalised).toBe("+4930123456");
});

test("R011 what changes nothing is the same customer", () => {
  const customer = aPerson({ tags: ["b", "a"] });
  expect(tag(customer, ["a", "b", "a"], later)).toBe(customer);
  expect(untag(customer, ["c"], later)).toBe(customer);
  expect(restore(customer, later)).toBe(customer);
  expect(archive(archive(customer, now), later)).toEqual(archive(customer, now));
  expect(reassign(customer, null, later)).toBe(customer);
  expect(reclassify(customer, null, later)).toBe(customer);
  expect(judge(customer, "lifecycleStage", "PROSPECT", later)).toBe(customer);
});

test("R011 tags are a set in the order of the alphabet, at most 100", () => {
  const tags = fc.array(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 20 });
  fc.assert(
    fc.property(tags, tags, tags, (had, added, removed) => {
      const after = untag(tag(aPerson({ tags: had }), added, later), removed, later);
      const wanted = new Set([...had, ...added]).difference(new Set(removed));
      expect(after.tags).toEqual([...wanted].sort());
    }),
  );
  const many = Array.from({ length: 100 }, (_, index) => `t${index}`);
  expect(() => tag(aPerson({ tags: many }), ["one more"], later)).toThrow(
    expect.objectContaining({ reason: "TOO_MANY_TAGS" }),
  );
});

test("a judgement has the time since when it holds", () => {
  const close = judge(aPerson(), "relationshipLevel", "PARTNER", later);
  expect(close).toMatchObject({ relationshipLevelSinceTime: later, lifecycleStageSinceTime: now });
  expect(judge(close, "relationshipLevel", null, later)).toMatchObject({ relationshipLevelSinceTime: null });
  expect(judge(close, "lifecycleStage", "GROWTH", later)).toMatchObject({
    lifecycleStageSinceTime: later,
    relationshipLevelSinceTime: later,
  });
});

const grades = fc.constantFrom("A", "B", "C", "D", null);

test("R026 whatever happens, a person's grade is overruled by nobody, and any other is the model's last one", () => {
  const word = fc.record({ by: fc.constantFrom("person", "model"), grade: grades });
  fc.assert(
    fc.property(fc.array(word), (words) => {
      let customer = aPerson();
      let found: typeof customer.grade = null;
      let said: typeof customer.grade = null;
      for (const { by, grade: next } of words) {
        const before = customer;
        if (by === "person") said = next;
        else found = next;
        customer = by === "person" ? grade(before, next, found, later) : gradeByModel(before, next, later);
        expect(customer.grade).toBe(said ?? found);
        expect(gradeSourceOf(customer)).toBe(said ? "MANUAL" : found && "MODEL");
        const isSame = before.grade === customer.grade && gradeSourceOf(before) === gradeSourceOf(customer);
        expect(customer === before).toBe(isSame);
        expect(customer.gradeSinceTime === null).toBe(customer.grade === null);
      }
    }),
  );
});

test("R026 a grade from before the model was there is a person's", () => {
  const old = { ...aPerson({ grade: Grade.B }), gradeSource: null };
  expect(gradeSourceOf(old)).toBe("MANUAL");
  expect(gradeByModel(old, "D", later)).toBe(old);
  expect(grade(old, "B", null, later)).toBe(old);
});

test("an archived customer gives its code back, and keeps its external ids", () => {
  const firm = aFirm({ creditCode: "914403001922038216", externalIds: [{ system: "erp", id: "7" }] });
  const id = { kind: "external_ids.erp", key: "7" };
  expect(keysOf(firm)).toEqual([id, { kind: "credit_code", key: "914403001922038216" }]);
  expect(keysOf(archive(firm, later))).toEqual([id]);
});

test("what somebody wrote comes back as it was", () => {
  const text = fc.string({ unit: "binary", minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(text, text, text, (displayName, legalName, industry) => {
      expect(present(aFirm({ displayName, legalName, industry }))).toMatchObject({
        displayName,
        legalName,
        industry,
      });
    }),
  );
});
