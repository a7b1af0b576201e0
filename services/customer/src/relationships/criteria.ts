// What each level of a relation asks for, and what is there of it (R045 to R049).
import {
  LEVELS,
  type LevelName,
  rankOf,
  type RelationshipState,
  type StoredAgreement,
} from "./relationship.ts";
import type { KeyContact } from "./relationships.ts";

export interface Criterion {
  readonly name: string;
  readonly met: boolean;
  /** What is there, in words. */
  readonly evidence: string;
}

export interface LevelCriteria {
  readonly level: LevelName;
  readonly met: boolean;
  readonly criteria: readonly Criterion[];
}

export interface Ground {
  readonly relationship: RelationshipState;
  /** Those of its key people who are still there. */
  readonly keyContacts: readonly KeyContact[];
  readonly preferredKeyContacts: number;
  readonly today: string;
}

/** In rising order. The lowest one asks for nothing. */
export function criteriaOf(ground: Ground): LevelCriteria[] {
  const criteria: Record<LevelName, readonly Criterion[]> = {
    INTERMEDIARY: [],
    PREFERRED: [keyContactsMet(ground), sharing(ground, "shared_information", ["SHARED", "STRATEGIC"])],
    PARTNER: [
      executiveMet(ground),
      planMet(ground),
      sharing(ground, "strategic_information", ["STRATEGIC"]),
      is("mutual_importance", ground.relationship.mutualImportance, "HIGH"),
      is("balanced_bargaining", ground.relationship.bargaining, "BALANCED"),
      is("high_switching_cost", ground.relationship.switchingCost, "HIGH"),
    ],
    STRATEGIC_ALLIANCE: [agreementMet(ground)],
  };
  return LEVELS.map((level) => ({
    level,
    met: criteria[level].every(({ met }) => met),
    criteria: criteria[level],
  }));
}

/** The highest one that is met together with all below it. */
export function metLevelOf(levels: readonly LevelCriteria[]): LevelName {
  const first = levels.findIndex(({ met }) => !met);
  return levels.at(first < 0 ? -1 : first - 1)!.level;
}

/** What a relation lacks that is to be raised to a level; nothing where it is not raised, or no higher than PREFERRED. */
export function lackingFor(
  from: LevelName | null,
  to: LevelName | null,
  levels: readonly LevelCriteria[],
): Criterion[] {
  if (rankOf(to) <= rankOf(from) || rankOf(to) < rankOf("PARTNER")) return [];
  return levels.slice(0, rankOf(to)).flatMap(({ criteria }) => criteria.filter(({ met }) => !met));
}

function keyContactsMet({ keyContacts, preferredKeyContacts }: Ground): Criterion {
  const evidence = `${keyContacts.length} key people of ${preferredKeyContacts}`;
  return { name: "key_contacts", met: keyContacts.length >= preferredKeyContacts, evidence };
}

const sharing = (
  { relationship: { informationSharing } }: Ground,
  name: string,
  enough: readonly string[],
): Criterion => ({
  name,
  met: informationSharing !== null && enough.includes(informationSharing),
  evidence: informationSharing ?? "not stated",
});

const is = (name: string, value: string | null, wanted: string): Criterion => ({
  name,
  met: value === wanted,
  evidence: value ?? "not stated",
});

const TOP = new Set<string | null>(["EXECUTIVE", "OWNER"]);

function executiveMet({ relationship: { contactLevel }, keyContacts }: Ground): Criterion {
  const top = keyContacts.filter(({ role, seniority }) => role === "EXECUTIVE_SPONSOR" || TOP.has(seniority));
  const evidence = `contact level ${contactLevel ?? "not stated"}, ${top.length} executives among the key people`;
  return { name: "executive_contact", met: contactLevel === "EXECUTIVE" || top.length > 0, evidence };
}

const planMet = ({ relationship: { jointPlan } }: Ground): Criterion => ({
  name: "joint_plan",
  met: jointPlan !== "",
  evidence: jointPlan || "none",
});

function agreementMet({ relationship: { agreement }, today }: Ground): Criterion {
  const name = "agreement";
  if (!agreement?.kind) return { name, met: false, evidence: "none" };
  const { startDate, endDate, kind } = agreement;
  if ((startDate && startDate > today) || (endDate && endDate < today))
    return { name, met: false, evidence: `${kind}, not in force today` };
  const lacking = lackingIn(agreement);
  return { name, met: lacking === "", evidence: lacking === "" ? kind : `${kind} without ${lacking}` };
}

function lackingIn({ kind, document, commonGoals, ...sponsors }: StoredAgreement): string {
  if (kind === "FORMAL") return document === "" ? "its document" : "";
  if (kind === "EQUITY") return "";
  if (commonGoals === "") return "common goals";
  if (sponsors.ourSponsorUserId === "") return "a sponsor on our side";
  return sponsors.theirSponsorContactId === "" ? "a sponsor on their side" : "";
}

export interface Worth {
  readonly overInvested: boolean;
  /** One level lower; the lowest one has none below it. */
  readonly advised: LevelName | null;
}

/** A level must pay for itself: what its care costs against the margin that the customer brings in the same time. */
export function worthOf(level: LevelName | null, cost: bigint, value: bigint): Worth {
  if (level === null || cost === 0n || cost <= value) return { overInvested: false, advised: null };
  return { overInvested: true, advised: LEVELS[Math.max(0, rankOf(level) - 2)]! };
}
