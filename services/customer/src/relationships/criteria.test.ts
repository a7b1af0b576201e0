import fc from "fast-check";
import { expect, test } from "vitest";
import { ID, now } from "../../test/builders.ts";
import { criteriaOf, type Ground, lackingFor, metLevelOf, worthOf } from "./criteria.ts";
import { LEVELS, type RelationshipState, type StoredAgreement, unstated } from "./relationship.ts";
import { reviewDateOf } from "./relationship-policy.ts";

const contact = { contactId: ID, role: "USER", seniority: "STAFF" } as const;
const ground = (
  stated: Partial<RelationshipState> = {},
  keyContacts: Ground["keyContacts"] = [contact, contact],
): Ground => ({
  relationship: { ...unstated(ID, ID, now), ...stated },
  keyContacts,
  preferredKeyContacts: 2,
  today: "2026-03-01",
});
const metBy = (...given: Parameters<typeof ground>) => metLevelOf(criteriaOf(ground(...given)));

const partner = {
  contactLevel: "EXECUTIVE",
  informationSharing: "STRATEGIC",
  jointPlan: "a plant for both",
  mutualImportance: "HIGH",
  bargaining: "BALANCED",
  switchingCost: "HIGH",
} as const;
const agreement = (given: Partial<StoredAgreement>): StoredAgreement => ({
  kind: "FORMAL",
  document: "",
  commonGoals: "",
  ourSponsorUserId: "",
  theirSponsorContactId: "",
  startDate: null,
  endDate: null,
  ...given,
});

test("R045 R046 R047 R048 each level asks for its criteria and for those of all below it", () => {
  expect(metBy({}, [])).toBe("INTERMEDIARY");
  expect(metBy({ informationSharing: "SHARED" }, [contact])).toBe("INTERMEDIARY");
  expect(metBy({ informationSharing: "SHARED" })).toBe("PREFERRED");
  expect(metBy(partner)).toBe("PARTNER");
  const sponsor = { ...contact, role: "EXECUTIVE_SPONSOR" } as const;
  expect(metBy({ ...partner, contactLevel: "MANAGEMENT" }, [contact, sponsor])).toBe("PARTNER");
  for (const lacking of Object.keys(partner))
    expect(metBy({ ...partner, [lacking]: lacking === "jointPlan" ? "" : null })).not.toBe("PARTNER");
  expect(metBy({ ...partner, agreement: agreement({ document: "contract 7" }) })).toBe("STRATEGIC_ALLIANCE");
  expect(metBy({ agreement: agreement({ document: "contract 7" }) })).toBe("INTERMEDIARY");
});

test("R048 a formal alliance needs its document, an informal one goals and a sponsor on both sides, all to be in force", () => {
  const rests = (given: Partial<StoredAgreement>) =>
    metBy({ ...partner, agreement: agreement(given) }) === "STRATEGIC_ALLIANCE";
  expect(rests({})).toBe(false);
  expect(rests({ document: "contract 7" })).toBe(true);
  expect(rests({ document: "contract 7", endDate: "2026-02-28" })).toBe(false);
  expect(rests({ document: "contract 7", startDate: "2026-03-02" })).toBe(false);
  expect(rests({ kind: "EQUITY" })).toBe(true);
  const informal = {
    kind: "INFORMAL",
    commonGoals: "cleaner water",
    ourSponsorUserId: ID,
    theirSponsorContactId: ID,
  } as const;
  expect(rests(informal)).toBe(true);
  for (const lacking of ["commonGoals", "ourSponsorUserId", "theirSponsorContactId"])
    expect(rests({ ...informal, [lacking]: "" })).toBe(false);
});

test("R049 raising to level 3 or 4 lacks what is not met, lowering never lacks anything", () => {
  const levels = criteriaOf(ground({ ...partner, mutualImportance: "LOW", bargaining: null }));
  expect(lackingFor("PREFERRED", "PARTNER", levels)).toMatchObject([
    { name: "mutual_importance", evidence: "LOW" },
    { name: "balanced_bargaining", evidence: "not stated" },
  ]);
  expect(lackingFor(null, "PREFERRED", levels)).toEqual([]);
  expect(lackingFor("STRATEGIC_ALLIANCE", "PARTNER", levels)).toEqual([]);
});

const amount = fc.bigInt({ min: 0n, max: 1_000_000n });

test("R049 a level that costs more than it brings is advised one level lower, and never below the lowest", () => {
  fc.assert(
    fc.property(fc.constantFrom(null, ...LEVELS), amount, amount, (level, cost, value) => {
      const { overInvested, advised } = worthOf(level, cost, value);
      expect(overInvested).toBe(level !== null && cost > value);
      const index = level === null ? 0 : LEVELS.indexOf(level);
      expect(advised).toBe(overInvested ? LEVELS[Math.max(0, index - 1)] : null);
    }),
  );
});

test("R047 reviews come in the rhythm of the level, counted from the day on which it was reached", () => {
  const next = (today: string) => reviewDateOf({ reviewIntervalDays: 90 }, "2026-01-01", today);
  expect([next("2026-01-01"), next("2026-04-01"), next("2026-04-02")]).toEqual([
    "2026-04-01",
    "2026-04-01",
    "2026-06-30",
  ]);
  expect(reviewDateOf({ reviewIntervalDays: 0 }, "2026-01-01", "2026-02-01")).toBeUndefined();
});
