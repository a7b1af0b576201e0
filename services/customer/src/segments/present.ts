import {
  type Segment,
  Segment_State,
  type SegmentMembership,
} from "@guanxi/contract/guanxi/customer/v1/segment";
import { numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import type { MembershipState, SegmentState } from "./segment.ts";

export const present = ({ version, policy, studyId, state, ...segment }: SegmentState): Segment => ({
  ...segment,
  policy: policy ?? undefined,
  studyId: studyId ?? "",
  state: numberOf(Segment_State, state),
  etag: etagOf({ version }),
});

export const presentMembership = ({
  membershipId,
  segmentId,
  customerId,
  member,
  sinceTime,
}: MembershipState): SegmentMembership => ({ membershipId, segmentId, customerId, member, sinceTime });
