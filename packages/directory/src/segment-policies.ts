// How the segments of a customer want it treated (R024): of several, what has the highest rank holds.
import { mirror } from "@guanxi/bus/reaction";
import { Channel } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import { Segment, Segment_State, SegmentMembership } from "@guanxi/contract/guanxi/customer/v1/segment";
import type { At } from "@guanxi/kit/at";
import { type NameOf, nameOf } from "@guanxi/kit/enum-names";
import { named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";

interface SegmentCopy {
  readonly segmentId: string;
  /** Null where the segment asks for nothing, or is not kept any more. */
  readonly rank: number | null;
  readonly channel: string | null;
  readonly servicePriority: string | null;
  readonly version: number;
}

const segments = table({
  entity: new EntitySchema<SegmentCopy>({
    name: "segment",
    tableName: "segments",
    columns: {
      segmentId: { name: "segment_id", type: "uuid", primary: true },
      rank: { type: "int", nullable: true },
      channel: { type: "text", nullable: true },
      servicePriority: { name: "service_priority", type: "text", nullable: true },
      version: { type: "int" },
    },
  }),
});

interface MemberCopy {
  readonly membershipId: string;
  readonly segmentId: string;
  readonly customerId: string;
  readonly member: boolean;
  readonly version: number;
}

const members = table({
  entity: new EntitySchema<MemberCopy>({
    name: "segment_member",
    tableName: "segment_members",
    columns: {
      membershipId: { name: "membership_id", type: "uuid", primary: true },
      segmentId: { name: "segment_id", type: "uuid" },
      customerId: { name: "customer_id", type: "uuid" },
      member: { type: "bool" },
      version: { type: "int" },
    },
  }),
});

/** What a segment asks for; one in the archive asks for nothing. */
export const policyInForce = ({ policy, state }: Pick<Segment, "policy" | "state">) =>
  state === Segment_State.ARCHIVED ? undefined : policy;

export const mirrorSegments = mirror(Segment, segments, (segment, { aggregateId, version }) => {
  const policy = policyInForce(segment);
  return {
    segmentId: aggregateId,
    rank: policy?.rank ?? null,
    channel: nameOf(Channel, policy?.channel ?? 0),
    servicePriority: policy?.servicePriority.toUpperCase() || null,
    version,
  };
});

export const mirrorSegmentMembers = mirror(
  SegmentMembership,
  members,
  (membership, { aggregateId, version }) => ({
    membershipId: aggregateId,
    segmentId: membership.segmentId,
    customerId: membership.customerId,
    member: membership.member,
    version,
  }),
);

export interface SegmentPolicy {
  readonly channel: NameOf<typeof Channel> | null;
  readonly servicePriority: string | null;
}

export async function segmentPolicyOf(at: At, customerId: string): Promise<SegmentPolicy | undefined> {
  if (customerId === "") return undefined; // nobody knows who it is
  const [found] = await named<SegmentPolicy>(at, {
    name: "segment policy of customer",
    text: `select s.channel, s.service_priority as "servicePriority"
      from segment_members m join segments s on s.segment_id = m.segment_id
      where m.customer_id = $1 and m.member and s.rank is not null order by s.rank, s.segment_id limit 1`,
    values: [customerId],
  });
  return found;
}
