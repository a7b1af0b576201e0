// Which segments there are, how their members are to be treated, and who is in them.
import { mirror } from "@guanxi/bus/reaction";
import { Channel } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import { Segment, SegmentMembership } from "@guanxi/contract/guanxi/customer/v1/segment";
import { policyInForce } from "@guanxi/directory/segment-policies";
import type { At } from "@guanxi/kit/at";
import type { State } from "@guanxi/kit/columns";
import { nameOf } from "@guanxi/kit/enum-names";
import { refuse } from "@guanxi/kit/refuse";
import { find, named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";

interface SegmentCopy extends State {
  readonly segmentId: string;
  readonly name: string;
  /** With the number of the contract's enum, so that one which came later is kept all the same. */
  readonly state: number;
  readonly rank: number | null;
  readonly offer: string;
  readonly channel: string | null;
  /** The market study that it was drawn from. */
  readonly studyId: string | null;
}

interface MembershipCopy extends State {
  readonly membershipId: string;
  readonly segmentId: string;
  readonly customerId: string;
  readonly member: boolean;
}

export const segments = table({
  entity: new EntitySchema<SegmentCopy>({
    name: "segment",
    tableName: "segments",
    columns: {
      segmentId: { name: "segment_id", type: "uuid", primary: true },
      name: { type: "text" },
      state: { type: "int" },
      rank: { type: "int", nullable: true },
      offer: { type: "text" },
      channel: { type: "text", nullable: true },
      studyId: { name: "study_id", type: "uuid", nullable: true },
      version: { type: "int" },
    },
  }),
});

/** @public The schema is held against it. */
export const memberships = table({
  entity: new EntitySchema<MembershipCopy>({
    name: "segment_membership",
    tableName: "segment_memberships",
    columns: {
      membershipId: { name: "membership_id", type: "uuid", primary: true },
      segmentId: { name: "segment_id", type: "uuid" },
      customerId: { name: "customer_id", type: "uuid" },
      member: { type: "bool" },
      version: { type: "int" },
    },
  }),
});

export const mirrorSegments = mirror(Segment, segments, (segment, { aggregateId, version }) => {
  const policy = policyInForce(segment);
  return {
    segmentId: aggregateId,
    name: segment.name,
    state: segment.state,
    rank: policy?.rank ?? null,
    offer: policy?.offer ?? "",
    channel: nameOf(Channel, policy?.channel ?? 0),
    studyId: segment.studyId || null,
    version,
  };
});

export const mirrorMemberships = mirror(
  SegmentMembership,
  memberships,
  ({ segmentId, customerId, member }, { aggregateId, version }) => ({
    membershipId: aggregateId,
    segmentId,
    customerId,
    member,
    version,
  }),
);

export interface SegmentPolicy {
  readonly customerId: string;
  readonly offer: string;
  readonly channel: string | null;
}

/** How each of these customers is to be treated: of several segments the one with the highest rank says it. */
export async function policiesOf(
  at: At,
  customerIds: readonly string[],
): Promise<Map<string, SegmentPolicy>> {
  const rows = await named<SegmentPolicy>(at, {
    name: "segment policies of customers",
    text: `select distinct on (m.customer_id) m.customer_id as "customerId", s.offer, s.channel
      from segment_memberships m join segments s on s.segment_id = m.segment_id
      where m.customer_id = any($1::uuid[]) and m.member and s.rank is not null
      order by m.customer_id, s.rank, s.segment_id`,
    values: [customerIds],
  });
  return new Map(rows.map((row) => [row.customerId, row]));
}

/** Refuses segments that nobody has heard of here. */
export async function requireSegments(at: At, segmentIds: readonly string[], field: string): Promise<void> {
  const known = new Set((await find(at, segments, segmentIds)).map(({ segmentId }) => segmentId));
  const missing = segmentIds.filter((id) => !known.has(id));
  if (missing.length === 0) return;
  throw refuse("invalid", "UNKNOWN_SEGMENT", `There is no segment ${missing.join(", ")} here.`, [
    { field, description: "names a segment that is not here", reason: "UNKNOWN_SEGMENT" },
  ]);
}
