import { CampaignMember, CampaignMember_Status } from "@guanxi/contract/guanxi/marketing/v1/campaign_member";
import type { At } from "@guanxi/kit/at";
import { namesOf } from "@guanxi/kit/enum-names";
import { catalogue, type Field } from "@guanxi/kit/filter/catalogue";
import { type Condition, where } from "@guanxi/kit/list";
import { named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import type { MemberState } from "./member-state.ts";
import { presentMember } from "./present.ts";

const memberTable = new EntitySchema<MemberState>({
  name: "campaign_member",
  tableName: "campaign_members",
  columns: {
    memberId: { name: "member_id", type: "uuid", primary: true },
    campaignId: { name: "campaign_id", type: "uuid" },
    customerId: { name: "customer_id", type: "uuid" },
    origin: { type: "text" },
    status: { type: "text" },
    suppressedReason: { name: "suppressed_reason", type: "text" },
    targetedTime: { name: "targeted_time", type: "timestamptz" },
    sentTime: { name: "sent_time", type: "timestamptz", nullable: true },
    openedTime: { name: "opened_time", type: "timestamptz", nullable: true },
    clickedTime: { name: "clicked_time", type: "timestamptz", nullable: true },
    respondedTime: { name: "responded_time", type: "timestamptz", nullable: true },
    convertedTime: { name: "converted_time", type: "timestamptz", nullable: true },
    bouncedTime: { name: "bounced_time", type: "timestamptz", nullable: true },
    unsubscribedTime: { name: "unsubscribed_time", type: "timestamptz", nullable: true },
    response: { type: "text" },
    version: { type: "int" },
  },
});

export const members = table({
  entity: memberTable,
  message: CampaignMember,
  present: presentMember,
  customerOf: ({ customerId }) => customerId,
});

const column = (
  name: string,
  type: "id" | "text" | "enum" | "time",
  read: (it: MemberState) => unknown,
  values?: readonly string[],
): Field<MemberState> => ({ name, type, stored: { column: name }, read, ...(values && { values }) });

/** What a condition over members may name, as published at ListCampaignMembersRequest.filter. */
export const memberFields = catalogue<MemberState>({ id: "member_id", side: "" }, [
  column("status", "enum", ({ status }) => status, namesOf(CampaignMember_Status)),
  column("customer_id", "id", ({ customerId }) => customerId),
  column("suppressed_reason", "text", ({ suppressedReason }) => suppressedReason),
  column("targeted_time", "time", ({ targetedTime }) => targetedTime),
]);

export const ofCampaign = (campaignId: string): Condition => where("campaign_id = ?::uuid", campaignId);

/** Which of these customers are members of a campaign already, whoever they were when they became it. */
export async function membersAmong(
  at: At,
  campaignId: string,
  customerIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await named<{ customerId: string; memberId: string }>(at, {
    name: "campaign members among",
    text: `select customer_id as "customerId", member_id as "memberId" from campaign_members
      where campaign_id = $1 and customer_id = any($2::uuid[])`,
    values: [campaignId, customerIds],
  });
  return new Map(rows.map(({ customerId, memberId }) => [customerId, memberId]));
}

export interface MembersLeft {
  readonly customerIds: readonly string[];
  readonly total: number;
}

const INVITED_AT_ONCE = 500;

/** Members of the campaign who are not invited to the event yet: the first ones, and how many there are. */
export async function membersLeft(at: At, eventId: string, campaignId: string): Promise<MembersLeft> {
  const rows = await named<{ customerId: string; total: number }>(at, {
    name: "campaign members to invite",
    text: `select m.customer_id as "customerId", (count(*) over ())::int as total from campaign_members m
      where m.campaign_id = $1 and m.status not in ('SUPPRESSED', 'UNSUBSCRIBED')
        and exists (select from customers c where c.customer_id = m.customer_id)
        and not exists (select from event_guests g where g.event_id = $2 and g.customer_id = m.customer_id)
      order by m.customer_id limit ${INVITED_AT_ONCE}`,
    values: [campaignId.toLowerCase(), eventId],
  });
  return { customerIds: rows.map(({ customerId }) => customerId), total: rows[0]?.total ?? 0 };
}
