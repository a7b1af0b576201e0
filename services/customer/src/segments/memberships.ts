import { SegmentMembership } from "@guanxi/contract/guanxi/customer/v1/segment";
import type { At } from "@guanxi/kit/at";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { where } from "@guanxi/kit/list";
import { madeId } from "@guanxi/kit/made-id";
import { named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { presentMembership } from "./present.ts";
import type { MembershipState, SegmentState } from "./segment.ts";
import { segments } from "./segments.ts";

export const memberships = table({
  entity: new EntitySchema<MembershipState>({
    name: "segment_membership",
    tableName: "segment_memberships",
    columns: {
      membershipId: { name: "membership_id", type: "uuid", primary: true },
      segmentId: { name: "segment_id", type: "uuid" },
      customerId: { name: "customer_id", type: "uuid" },
      member: { type: "bool" },
      sinceTime: { name: "since_time", type: "timestamptz" },
      version: { type: "int" },
    },
  }),
  message: SegmentMembership,
  present: presentMembership,
  customerOf: ({ customerId }) => customerId,
});

export const membershipFields = catalogue<MembershipState>({ id: "membership_id", side: "" }, [
  {
    name: "customer_id",
    type: "id",
    stored: { column: "customer_id" },
    read: ({ customerId }) => customerId,
  },
]);

export const membersOf = (segmentId: string) => where("segment_id = ?::uuid and member", segmentId);

/** A customer that enters again is the same member, whose versions alternate. */
export const membershipIdOf = (segmentId: string, customerId: string): string =>
  madeId("segment membership", segmentId, customerId);

/** What is on record of customers, whose rows the caller has locked; they may be recorded anew. */
export async function membershipsOf(at: At, customerIds: readonly string[]): Promise<MembershipState[]> {
  const rows = await named<MembershipState>(at, {
    name: "segment memberships of customers",
    text: `${memberships.select} where customer_id = any($1::uuid[])`,
    values: [customerIds],
  });
  for (const row of rows) at.known.set(`${memberships.name} ${row.membershipId}`, row);
  return rows;
}

export type JoinedSegment = SegmentState & { readonly sinceTime: Date };

/** The segments that a customer is in, less those in the archive. */
export const segmentsOf = (at: At, customerId: string): Promise<JoinedSegment[]> =>
  named<JoinedSegment>(at, {
    name: "segments of customer",
    text: `
select s.*, m.since_time as "sinceTime"
from segment_memberships m join (${segments.select}) s on s."segmentId" = m.segment_id
where m.customer_id = $1 and m.member and s.state <> 'ARCHIVED' order by s.name, s."segmentId"`,
    values: [customerId],
  });

interface BuildCounts {
  readonly customerCount: number;
  readonly memberCount: number;
}

/** At one moment. */
export async function countsOf(at: At, segmentId: string): Promise<BuildCounts> {
  const [counts] = await named<BuildCounts>(at, {
    name: "segment counts",
    text: `
select (select count(*) from customers where state = 'ACTIVE')::int as "customerCount",
  (select count(*) from segment_memberships where segment_id = $1 and member)::int as "memberCount"`,
    values: [segmentId],
  });
  return counts!;
}
