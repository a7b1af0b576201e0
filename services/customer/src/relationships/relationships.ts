import { Relationship, type RelationshipCost } from "@guanxi/contract/guanxi/customer/v1/relationship";
import type { At } from "@guanxi/kit/at";
import { dayOf } from "@guanxi/kit/days";
import { microsOf } from "@guanxi/kit/micros";
import { refuse } from "@guanxi/kit/refuse";
import { history, type SideRow } from "@guanxi/kit/side";
import { find, lockFound } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { requireUser } from "@guanxi/kit/users";
import { EntitySchema } from "typeorm";
import { type ContactState, type StoredAffiliation } from "../contacts/contact.ts";
import { contacts } from "../contacts/contacts.ts";
import { ATTRIBUTES, present, relationshipIdOf, type RelationshipState, unstated } from "./relationship.ts";

/** As people read it. */
const textOf = (value: unknown): string =>
  Array.isArray(value)
    ? value.join(", ")
    : typeof value === "string"
      ? value
      : value
        ? JSON.stringify(value)
        : "";

const changes = history<RelationshipState>(
  "relationship_history",
  {
    version: "int",
    field: "text",
    old_value: "text",
    new_value: "text",
    reason: "text",
    time: "timestamptz",
    actor_kind: "text",
    actor_id: "text",
    actor_name: "text",
  },
  ({ before, after, now, principal, facts }) =>
    Object.entries(ATTRIBUTES)
      .filter(([, field]) => textOf(before?.[field]) !== textOf(after[field]))
      .map(
        ([name, field]): SideRow => ({
          version: after.version,
          field: name,
          old_value: textOf(before?.[field]),
          new_value: textOf(after[field]),
          reason: String(facts.reason ?? ""),
          time: now,
          actor_kind: principal.kind,
          actor_id: principal.id,
          actor_name: principal.name,
        }),
      ),
);

const costs = history<RelationshipState>(
  "relationship_costs",
  {
    relationship_cost_id: "uuid",
    version: "int",
    cost_date: "date",
    amount_micros: "bigint",
    currency_code: "text",
    minutes: "int",
    note: "text",
    create_time: "timestamptz",
  },
  ({ after, now, facts }) => {
    const cost = facts.cost as RelationshipCost | undefined;
    if (!cost) return [];
    return [
      {
        relationship_cost_id: cost.relationshipCostId,
        version: after.version,
        cost_date: dayOf(cost.date!),
        amount_micros: microsOf(cost.amount!),
        currency_code: cost.amount!.currencyCode,
        minutes: cost.minutes,
        note: cost.note,
        create_time: now,
      },
    ];
  },
);

export const relationships = table({
  entity: new EntitySchema<RelationshipState>({
    name: "relationship",
    tableName: "relationships",
    columns: {
      relationshipId: { name: "relationship_id", type: "uuid", primary: true },
      customerId: { name: "customer_id", type: "uuid" },
      contactLevel: { name: "contact_level", type: "text", nullable: true },
      keyContactIds: { name: "key_contact_ids", type: "jsonb" },
      informationSharing: { name: "information_sharing", type: "text", nullable: true },
      switchingCost: { name: "switching_cost", type: "text", nullable: true },
      mutualImportance: { name: "mutual_importance", type: "text", nullable: true },
      bargaining: { type: "text", nullable: true },
      jointPlan: { name: "joint_plan", type: "text" },
      agreement: { type: "jsonb", nullable: true },
      attributeDates: { name: "attribute_dates", type: "jsonb" },
      overInvestedSinceTime: { name: "over_invested_since_time", type: "timestamptz", nullable: true },
      advisedLevel: { name: "advised_level", type: "text", nullable: true },
      createTime: { name: "create_time", type: "timestamptz" },
      updateTime: { name: "update_time", type: "timestamptz" },
      version: { type: "int" },
    },
  }),
  message: Relationship,
  present,
  customerOf: ({ customerId }) => customerId,
  sides: [changes, costs],
});

export async function relationshipOf(at: At, customerId: string): Promise<RelationshipState> {
  const [relationship] = await find(at, relationships, [relationshipIdOf(at.tenantId, customerId)]);
  return relationship ?? unstated(at.tenantId, customerId, at.now);
}

/** Of a customer that the command has locked. */
export async function lockRelationship(at: At, customerId: string): Promise<RelationshipState> {
  const [relationship] = await lockFound(at, relationships, [relationshipIdOf(at.tenantId, customerId)]);
  return relationship ?? unstated(at.tenantId, customerId, at.now);
}

export interface KeyContact extends Pick<StoredAffiliation, "role" | "seniority"> {
  readonly contactId: string;
}

/** Those that still work at the customer: who has left is no key to it any more. */
export async function keyContactsOf(
  at: At,
  { customerId, keyContactIds }: Pick<RelationshipState, "customerId" | "keyContactIds">,
): Promise<KeyContact[]> {
  const found = await find(at, contacts, keyContactIds);
  return found.flatMap((contact) => {
    const affiliation = placeOf(contact, customerId);
    return affiliation ? [{ contactId: contact.contactId, ...affiliation }] : [];
  });
}

const placeOf = ({ state, affiliations }: ContactState, customerId: string) =>
  state === "ACTIVE"
    ? affiliations.find((each) => each.customerId === customerId && each.endDate === null)
    : undefined;

/** Who is newly named must be there. */
export async function requirePeople(
  at: At,
  before: RelationshipState,
  after: RelationshipState,
): Promise<void> {
  const named = peopleOf(after).filter((id) => !peopleOf(before).includes(id));
  const found = await keyContactsOf(at, { customerId: after.customerId, keyContactIds: named });
  const missing = named.find((id) => !found.some(({ contactId }) => contactId === id));
  if (missing) throw unknownContact(missing, after);
  const ours = after.agreement?.ourSponsorUserId ?? "";
  if (ours !== (before.agreement?.ourSponsorUserId ?? ""))
    await requireUser(at, ours, "relationship.agreement.our_sponsor_user_id");
}

const peopleOf = ({ keyContactIds, agreement }: RelationshipState): string[] =>
  [...keyContactIds, agreement?.theirSponsorContactId ?? ""].filter((id) => id !== "");

const unknownContact = (id: string, { agreement }: RelationshipState) =>
  refuse("invalid", "UNKNOWN_CONTACT", "Name people who work at this customer.", [
    {
      field:
        id === agreement?.theirSponsorContactId
          ? "relationship.agreement.their_sponsor_contact_id"
          : "relationship.key_contact_ids",
      description: `${id} is no contact of the customer`,
      reason: "UNKNOWN_CONTACT",
    },
  ]);
