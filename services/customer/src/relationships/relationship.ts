// What a relation rests on: stated by people, each attribute with the time since when it is so.
import { isDeepStrictEqual } from "node:util";
import { RelationshipLevel } from "@guanxi/contract/guanxi/customer/v1/customer";
import {
  type Agreement,
  Agreement_Kind as AgreementKind,
  type Relationship,
  Relationship_Bargaining as Bargaining,
  Relationship_ContactLevel as ContactLevel,
  Relationship_Degree as Degree,
  Relationship_InformationSharing as InformationSharing,
} from "@guanxi/contract/guanxi/customer/v1/relationship";
import { dateOrNone, dayOf, isDay } from "@guanxi/kit/days";
import { type NameOf, nameOf, numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import { madeId } from "@guanxi/kit/made-id";
import { refuse } from "@guanxi/kit/refuse";

export type LevelName = NameOf<typeof RelationshipLevel>;

/** In rising order. */
export const LEVELS: readonly LevelName[] = ["INTERMEDIARY", "PREFERRED", "PARTNER", "STRATEGIC_ALLIANCE"];

/** 0 for no level. */
export const rankOf = (level: LevelName | null): number => (level === null ? 0 : LEVELS.indexOf(level) + 1);

export interface Attributes {
  readonly contactLevel: NameOf<typeof ContactLevel> | null;
  readonly keyContactIds: readonly string[];
  readonly informationSharing: NameOf<typeof InformationSharing> | null;
  readonly switchingCost: NameOf<typeof Degree> | null;
  readonly mutualImportance: NameOf<typeof Degree> | null;
  readonly bargaining: NameOf<typeof Bargaining> | null;
  readonly jointPlan: string;
  readonly agreement: StoredAgreement | null;
}

export interface StoredAgreement {
  readonly kind: NameOf<typeof AgreementKind> | null;
  readonly document: string;
  readonly commonGoals: string;
  readonly ourSponsorUserId: string;
  readonly theirSponsorContactId: string;
  readonly startDate: string | null;
  readonly endDate: string | null;
}

export interface RelationshipState extends Attributes {
  readonly relationshipId: string;
  readonly customerId: string;
  /** By the name of the field, as ISO times. */
  readonly attributeDates: Readonly<Record<string, string>>;
  readonly overInvestedSinceTime: Date | null;
  readonly advisedLevel: LevelName | null;
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

/** How the contract calls the attributes, in its order. */
export const ATTRIBUTES = {
  contact_level: "contactLevel",
  key_contact_ids: "keyContactIds",
  information_sharing: "informationSharing",
  switching_cost: "switchingCost",
  mutual_importance: "mutualImportance",
  bargaining: "bargaining",
  joint_plan: "jointPlan",
  agreement: "agreement",
} as const satisfies Record<string, keyof Attributes>;

/** An id of its own, since versions are counted by the id of what they are of. */
export const relationshipIdOf = (tenantId: string, customerId: string): string =>
  madeId(tenantId, "relationship", customerId);

/** As long as nobody has stated anything. */
export const unstated = (tenantId: string, customerId: string, now: Date): RelationshipState => ({
  relationshipId: relationshipIdOf(tenantId, customerId),
  customerId,
  contactLevel: null,
  keyContactIds: [],
  informationSharing: null,
  switchingCost: null,
  mutualImportance: null,
  bargaining: null,
  jointPlan: "",
  agreement: null,
  attributeDates: {},
  overInvestedSinceTime: null,
  advisedLevel: null,
  createTime: now,
  updateTime: now,
  version: 0,
});

export function change(before: RelationshipState, sent: Relationship, now: Date): RelationshipState {
  const after = { ...before, ...attributesOf(sent) };
  const changed = Object.entries(ATTRIBUTES).filter(
    ([, field]) => !isDeepStrictEqual(before[field], after[field]),
  );
  if (changed.length === 0) return before;
  const dates = Object.fromEntries(changed.map(([name]) => [name, now.toISOString()]));
  return { ...after, attributeDates: { ...before.attributeDates, ...dates }, updateTime: now };
}

const attributesOf = (sent: Relationship): Attributes => ({
  contactLevel: nameOf(ContactLevel, sent.contactLevel),
  keyContactIds: sent.keyContactIds.map((id) => id.toLowerCase()).sort(),
  informationSharing: nameOf(InformationSharing, sent.informationSharing),
  switchingCost: nameOf(Degree, sent.switchingCost),
  mutualImportance: nameOf(Degree, sent.mutualImportance),
  bargaining: nameOf(Bargaining, sent.bargaining),
  jointPlan: sent.jointPlan,
  agreement: sent.agreement ? agreementOf(sent.agreement) : null,
});

function agreementOf(sent: Agreement): StoredAgreement {
  const kind = nameOf(AgreementKind, sent.kind);
  if (kind === "FORMAL" && sent.document === "")
    throw refuse("invalid", "DOCUMENT_MISSING", "A formal alliance needs its document.", [
      { field: "relationship.agreement.document", description: "is needed", reason: "DOCUMENT_MISSING" },
    ]);
  const [startDate, endDate] = [dayIn(sent.startDate, "start_date"), dayIn(sent.endDate, "end_date")];
  if (startDate && endDate && endDate < startDate) throw badDate("end_date", "must not be before start_date");
  return {
    kind,
    document: sent.document,
    commonGoals: sent.commonGoals,
    ourSponsorUserId: sent.ourSponsorUserId.toLowerCase(),
    theirSponsorContactId: sent.theirSponsorContactId.toLowerCase(),
    startDate,
    endDate,
  };
}

function dayIn(date: Agreement["startDate"], field: string): string | null {
  if (!date) return null;
  if (!isDay(date)) throw badDate(field, "is no day of the calendar");
  return dayOf(date);
}

const badDate = (field: string, description: string) =>
  refuse("invalid", "INVALID_REQUEST", "The agreement cannot be kept.", [
    { field: `relationship.agreement.${field}`, description, reason: "INVALID_DATE" },
  ]);

/** The whole public state, as events carry it. */
export const present = (relationship: RelationshipState): Relationship => ({
  relationshipId: relationship.relationshipId,
  customerId: relationship.customerId,
  contactLevel: numberOf(ContactLevel, relationship.contactLevel),
  keyContactIds: [...relationship.keyContactIds],
  informationSharing: numberOf(InformationSharing, relationship.informationSharing),
  switchingCost: numberOf(Degree, relationship.switchingCost),
  mutualImportance: numberOf(Degree, relationship.mutualImportance),
  bargaining: numberOf(Bargaining, relationship.bargaining),
  jointPlan: relationship.jointPlan,
  agreement: relationship.agreement ? presentAgreement(relationship.agreement) : undefined,
  attributeDates: Object.keys(ATTRIBUTES).flatMap((field) => {
    const since = relationship.attributeDates[field];
    return since ? [{ field, sinceTime: new Date(since) }] : [];
  }),
  overInvested: relationship.overInvestedSinceTime !== null,
  overInvestedSinceTime: relationship.overInvestedSinceTime ?? undefined,
  advisedLevel: numberOf(RelationshipLevel, relationship.advisedLevel),
  createTime: relationship.createTime,
  updateTime: relationship.updateTime,
  etag: etagOf(relationship),
});

const presentAgreement = ({ kind, startDate, endDate, ...rest }: StoredAgreement): Agreement => ({
  ...rest,
  kind: numberOf(AgreementKind, kind),
  startDate: dateOrNone(startDate),
  endDate: dateOrNone(endDate),
});
