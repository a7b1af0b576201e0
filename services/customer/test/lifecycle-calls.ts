// What the tests of stages, levels and the pool ask of the service, in a few words each.
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { LifecycleStage, RelationshipLevel } from "@guanxi/contract/guanxi/customer/v1/customer";
import {
  ChangeLifecycleStageRequest,
  ChangeOwnerRequest,
  ChangeRelationshipLevelRequest,
  ListCustomerHistoryRequest,
} from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import {
  ClaimCustomerRequest,
  CustomerServiceService,
} from "@guanxi/contract/guanxi/customer/v1/customer_service";
import {
  LifecycleServiceService,
  UpdateLifecyclePolicyRequest,
} from "@guanxi/contract/guanxi/customer/v1/lifecycle_service";
import {
  PoolServiceService,
  UpdatePoolPolicyRequest,
} from "@guanxi/contract/guanxi/customer/v1/pool_service";
import { Order, Order_Status as Status } from "@guanxi/contract/guanxi/sales/v1/order";
import { OrderPlaced } from "@guanxi/contract/guanxi/sales/v1/order_events";
import { dateOf, dayIn } from "@guanxi/kit/days";
import { MICROS, moneyOf } from "@guanxi/kit/micros";
import type { startService, TestUser } from "@guanxi/testkit/service";
import type { startTeller } from "@guanxi/testkit/teller";
import { vi } from "vitest";
import { checked } from "./segment-calls.ts";

type Service = Awaited<ReturnType<typeof startService>>;
type Teller = Awaited<ReturnType<typeof startTeller>>;

const dayOf = dayIn("Asia/Shanghai");
export const today = () => dayOf(new Date());

export interface Sale {
  readonly day?: string;
  readonly status?: Order["status"];
  readonly yuan?: bigint;
  readonly orderId?: string;
}

/** Said by sales, heard, and what follows from it done. */
export async function order(
  service: Service,
  sales: Teller,
  { tenantId }: TestUser,
  customerId: string,
  sale: Sale = {},
): Promise<string> {
  const { day = today(), status = Status.FULFILLED, yuan = 100n, orderId = randomUUID() } = sale;
  const state = {
    orderId,
    customerId,
    currencyCode: "CNY",
    status,
    orderDate: dateOf(day),
    netAmount: moneyOf(yuan * MICROS, "CNY"),
    marginAmount: moneyOf(yuan * MICROS, "CNY"),
  };
  await sales.tell(tenantId, Order, OrderPlaced, { id: orderId, customerId, state });
  await sales.settled();
  await checked(service, tenantId);
  return orderId;
}

/** It is later: what is due by then is done. A token of before has expired, so there is a new user. */
export async function jump(service: Service, tenantId: string, time: Date): Promise<TestUser> {
  vi.useFakeTimers({ toFake: ["Date"], now: time });
  const done = checked(service, tenantId).then(() => true);
  do await pullForward(service, tenantId, time);
  while (!(await Promise.race([done, pause(100, false)])));
  return service.user({ tenantId });
}

/** Also the job that looks again in a moment: it means a moment of that later time. */
async function pullForward({ admin }: Service, tenantId: string, time: Date): Promise<void> {
  await admin.query(
    `update jobs set due_time = now()
     where tenant_id = $1 and due_time > now() and due_time <= $2::timestamptz + interval '1 second'`,
    [tenantId, time.toISOString()],
  );
  await admin.query("notify customer_outbox");
}

export const moveTo = (
  user: TestUser,
  customerId: string,
  lifecycleStage: LifecycleStage,
  more: object = {},
) =>
  user.call(
    CustomerServiceService.changeLifecycleStage,
    ChangeLifecycleStageRequest.fromPartial({ customerId, lifecycleStage, reason: "review", ...more }),
  );

export const raiseTo = (
  user: TestUser,
  customerId: string,
  relationshipLevel: RelationshipLevel,
  more: object = {},
) =>
  user.call(
    CustomerServiceService.changeRelationshipLevel,
    ChangeRelationshipLevelRequest.fromPartial({ customerId, relationshipLevel, reason: "review", ...more }),
  );

export const claim = (user: TestUser, customerId: string) =>
  user.call(CustomerServiceService.claimCustomer, ClaimCustomerRequest.fromPartial({ customerId }));

export const giveTo = (user: TestUser, customerId: string, ownerId: string) =>
  user.call(CustomerServiceService.changeOwner, ChangeOwnerRequest.fromPartial({ customerId, ownerId }));

export async function writePoolPolicy(
  service: Service,
  user: TestUser,
  poolPolicy: object,
  updateMask?: string[],
): Promise<void> {
  const { etag } = await user.call(PoolServiceService.getPoolPolicy, {});
  await user.call(
    PoolServiceService.updatePoolPolicy,
    UpdatePoolPolicyRequest.fromPartial({ poolPolicy, etag, updateMask }),
  );
  await checked(service, user.tenantId);
}

export async function writeLifecyclePolicy(
  service: Service,
  user: TestUser,
  lifecyclePolicy: object,
): Promise<void> {
  const { etag } = await user.call(LifecycleServiceService.getLifecyclePolicy, {});
  await user.call(
    LifecycleServiceService.updateLifecyclePolicy,
    UpdateLifecyclePolicyRequest.fromPartial({ lifecyclePolicy, etag }),
  );
  await checked(service, user.tenantId);
}

/** What changed of one field, oldest first. */
export async function historyOf(user: TestUser, customerId: string, field: string) {
  const { entries } = await user.call(
    CustomerServiceService.listCustomerHistory,
    ListCustomerHistoryRequest.fromPartial({ customerId }),
  );
  return entries
    .filter((entry) => entry.field === field)
    .reverse()
    .map(({ oldValue, newValue, reason }) => [oldValue, newValue, reason]);
}
