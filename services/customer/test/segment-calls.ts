// What the tests of segments ask of the service, in a few words each.
import { setTimeout as pause } from "node:timers/promises";
import {
  type AudienceMember,
  AudienceServiceService,
  CheckAudienceRequest,
  CountAudienceRequest,
  StreamAudienceRequest,
} from "@guanxi/contract/guanxi/customer/v1/audience_service";
import { CustomerServiceService } from "@guanxi/contract/guanxi/customer/v1/customer_service";
import { RecordTraitsRequest } from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import type { Segment } from "@guanxi/contract/guanxi/customer/v1/segment";
import {
  CreateSegmentRequest,
  ExplainMembershipRequest,
  ListSegmentMembersRequest,
  SegmentServiceService as rpc,
  UpdateSegmentRequest,
} from "@guanxi/contract/guanxi/customer/v1/segment_service";
import type { startService, TestUser } from "@guanxi/testkit/service";

type Service = Awaited<ReturnType<typeof startService>>;

// A job that meets somebody who writes, or that failed, is due again in a moment only, with its customers still on the list.
const DUE = `
select from jobs where tenant_id = $1 and (due_time <= now() or attempts > 0)
union all
select from customer_checks where tenant_id = $1 and due_time <= greatest(now(), $2::timestamptz)
limit 1`;

/** What is due is done, by the clock of the database or this process's, whichever is ahead. */
export async function checked({ admin }: Service, tenantId: string): Promise<void> {
  while ((await admin.query(DUE, [tenantId, new Date().toISOString()])).rowCount) await pause(5);
}

/** A segment whose members have been found. */
export async function drawn(service: Service, user: TestUser, condition: string, more: object = {}) {
  const name = `segment ${Math.random()}`;
  const request = CreateSegmentRequest.fromPartial({ segment: { name, condition, ...more } });
  const segment = await user.call(rpc.createSegment, request);
  await checked(service, user.tenantId);
  return segment;
}

export const changeSegment = async (user: TestUser, { segmentId }: Segment, segment: object) => {
  const { etag } = await user.call(rpc.getSegment, { segmentId });
  return user.call(
    rpc.updateSegment,
    UpdateSegmentRequest.fromPartial({ segment: { ...segment, segmentId }, etag }),
  );
};

export const membersOf = async (user: TestUser, { segmentId }: Segment) =>
  (
    await user.call(rpc.listSegmentMembers, ListSegmentMembersRequest.fromPartial({ segmentId }))
  ).memberships.map(({ customerId }) => customerId);

export const preview = (user: TestUser, condition: string) => user.call(rpc.previewSegment, { condition });

export const explain = (user: TestUser, { segmentId }: Segment, customerId: string) =>
  user.call(rpc.explainMembership, ExplainMembershipRequest.fromPartial({ segmentId, customerId }));

export const recordTraits = (user: TestUser, customerId: string, traits: object[]) =>
  user.call(CustomerServiceService.recordTraits, RecordTraitsRequest.fromPartial({ customerId, traits }));

/** Entering and leaving, in order: which segment, whether in, and why. */
export const turnsOf = async (service: Service, tenantId: string, customerId: string) =>
  (await service.events(tenantId))
    .filter(({ type, meta }) => /^Segment(Entered|Left)$/.test(type) && meta.customerId === customerId)
    .map(({ type, state, message }) => [type, state.segmentId, message.reason]);

export const streamed = (service: Service, audience: object): Promise<AudienceMember[]> =>
  service.stream(AudienceServiceService.streamAudience, StreamAudienceRequest.fromPartial({ audience }));

export const examined = async (service: Service, audience: object) =>
  service.call(
    AudienceServiceService.checkAudience,
    CheckAudienceRequest.fromPartial({ audience }),
    await service.serviceToken(),
  );

export const counted = async (service: Service, audience: object) =>
  service.call(
    AudienceServiceService.countAudience,
    CountAudienceRequest.fromPartial({ audience }),
    await service.serviceToken(),
  );
