// What a segment is and how it may change.
import type { Segment, Segment_State, SegmentPolicy } from "@guanxi/contract/guanxi/customer/v1/segment";
import type { NameOf } from "@guanxi/kit/enum-names";
import { refuse } from "@guanxi/kit/refuse";

export interface SegmentState {
  readonly segmentId: string;
  readonly name: string;
  readonly description: string;
  readonly condition: string;
  readonly policy: SegmentPolicy | null;
  readonly studyId: string | null;
  readonly state: NameOf<typeof Segment_State>;
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

/** Whether a customer is in a segment; without a row it never was. */
export interface MembershipState {
  readonly membershipId: string;
  readonly segmentId: string;
  readonly customerId: string;
  readonly member: boolean;
  readonly sinceTime: Date;
  readonly version: number;
}

const particulars = ({ name, description, condition, policy, studyId }: Segment) => ({
  name,
  description,
  condition,
  policy: policy ?? null,
  studyId: studyId.toLowerCase() || null,
});

export const draw = (sent: Segment, segmentId: string, now: Date): SegmentState => ({
  segmentId,
  ...particulars(sent),
  state: "BUILDING",
  createTime: now,
  updateTime: now,
  version: 0,
});

/** With another condition its members are to be found anew. */
export function change(segment: SegmentState, sent: Segment, now: Date): SegmentState {
  if (segment.state === "ARCHIVED") {
    const advice = "The segment is in the archive: create another one.";
    throw refuse("precondition", "SEGMENT_ARCHIVED", advice);
  }
  const after = { ...segment, ...particulars(sent), updateTime: now };
  return after.condition === segment.condition ? after : { ...after, state: "BUILDING" };
}

/** All customers have been looked at. */
export const built = (segment: SegmentState, now: Date): SegmentState => ({
  ...segment,
  state: "ACTIVE",
  updateTime: now,
});

/** The same segment where it is in the archive already. */
export const archive = (segment: SegmentState, now: Date): SegmentState =>
  segment.state === "ARCHIVED" ? segment : { ...segment, state: "ARCHIVED", updateTime: now };

/** Of those that a customer is in, the one that says how to treat it: the highest rank, then the oldest. */
export const ruling = (segments: readonly SegmentState[]): SegmentState | undefined => byRank(segments)[0];

/** Those with a policy, the highest rank first. */
export const byRank = <S extends SegmentState>(segments: readonly S[]): S[] =>
  segments
    .filter(({ policy }) => policy !== null)
    .sort(
      (a, b) =>
        a.policy!.rank - b.policy!.rank ||
        a.createTime.getTime() - b.createTime.getTime() ||
        (a.segmentId < b.segmentId ? -1 : 1),
    );
