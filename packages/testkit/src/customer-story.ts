// What the customer service says of customers that turn out to be one, and of somebody who leaves.
import { randomUUID } from "node:crypto";
import { Customer, Customer_State } from "@guanxi/contract/guanxi/customer/v1/customer";
import {
  CustomerAbsorbed,
  CustomerRegistered,
  CustomerSeparated,
  OwnerChanged,
} from "@guanxi/contract/guanxi/customer/v1/customer_events";
import { HandOver, HandOver_State } from "@guanxi/contract/guanxi/customer/v1/hand_over";
import { HandOverCompleted } from "@guanxi/contract/guanxi/customer/v1/hand_over_events";
import { Segment, Segment_State, SegmentMembership } from "@guanxi/contract/guanxi/customer/v1/segment";
import { SegmentBuilt, SegmentEntered } from "@guanxi/contract/guanxi/customer/v1/segment_events";
import type { startTeller } from "./teller.ts";

export function customerStory(teller: Awaited<ReturnType<typeof startTeller>>, tenantId: string) {
  const first = new Map<string, object>();
  const told = (customerId: string, state: object, facts?: object) => ({
    id: customerId,
    customerId,
    state: {
      customerId,
      displayName: "晨光文具",
      state: Customer_State.ACTIVE,
      ...first.get(customerId),
      ...state,
    },
    ...(facts && { facts }),
  });
  return {
    async registered(state: object = {}): Promise<string> {
      const customerId = randomUUID();
      first.set(customerId, state);
      await teller.tell(tenantId, Customer, CustomerRegistered, told(customerId, state));
      return customerId;
    },
    owned: (customerId: string, ownerId: string) =>
      teller.tell(tenantId, Customer, OwnerChanged, told(customerId, { ownerId })),
    absorbed: (customerId: string, survivorCustomerId: string) =>
      teller.tell(
        tenantId,
        Customer,
        CustomerAbsorbed,
        told(
          customerId,
          { state: Customer_State.MERGED, mergedIntoCustomerId: survivorCustomerId },
          { survivorCustomerId },
        ),
      ),
    separated: (customerId: string, survivorCustomerId: string) =>
      teller.tell(tenantId, Customer, CustomerSeparated, told(customerId, {}, { survivorCustomerId })),
    /** A segment with a policy, and a customer in it. */
    async segmented(customerId: string, policy: object): Promise<void> {
      const [segmentId, membershipId] = [randomUUID(), randomUUID()];
      const segment = { segmentId, name: "贵宾", policy, state: Segment_State.ACTIVE };
      await teller.tell(tenantId, Segment, SegmentBuilt, { id: segmentId, state: segment });
      const membership = { membershipId, segmentId, customerId, member: true };
      await teller.tell(tenantId, SegmentMembership, SegmentEntered, {
        id: membershipId,
        customerId,
        state: membership,
      });
    },
    handedOver: (fromUserId: string, toUserIds: string[]) => {
      const handOverId = randomUUID();
      const state = {
        handOverId,
        fromUserId,
        toUserIds,
        reason: "has left",
        state: HandOver_State.COMPLETED,
      };
      return teller.tell(tenantId, HandOver, HandOverCompleted, { id: handOverId, state });
    },
  };
}
