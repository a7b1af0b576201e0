import { setTimeout as pause } from "node:timers/promises";
import type { CustomerValue } from "@guanxi/contract/guanxi/analytics/v1/customer_value";
import {
  CreateValueRunRequest,
  GetCustomerValueRequest,
  GetValuePlanRequest,
  GetValueRunRequest,
  ListCustomerValuesRequest,
  UpdateValuePlanRequest,
  type ValuePlan,
  type ValueRun,
  ValueRun_State as State,
  ValueServiceService as Values,
} from "@guanxi/contract/guanxi/analytics/v1/value_service";
import type { Money } from "@guanxi/contract/google/type/money";
import { Order_Kind as Kind, Order_Status as Status } from "@guanxi/contract/guanxi/sales/v1/order";
import type { TestUser } from "@guanxi/testkit/service";
import { dateOf } from "@guanxi/kit/days";
import { moneyOf } from "@guanxi/kit/micros";
import { startFigures } from "./figure-rig.ts";

export interface Sold {
  /** Empty where it is not known who bought. */
  readonly customerId: string;
  readonly day: string;
  /** In units of the currency. */
  readonly net: number;
  readonly cost?: number;
  readonly currencyCode?: string;
}

const micros = (units: number) => BigInt(Math.round(units * 1e6));
export const unitsOf = (money: Money | undefined) => Number(money!.units) + money!.nanos / 1e9;

function orderOf({ customerId, day, net, cost, currencyCode = "CNY" }: Sold) {
  const money = (units: number) => moneyOf(micros(units), currencyCode);
  const quantity = net < 0 ? "-1" : "1";
  return {
    orderNumber: "O-1",
    customerId,
    currencyCode,
    kind: net < 0 ? Kind.RETURN : Kind.SALE,
    status: Status.FULFILLED,
    orderDate: dateOf(day),
    lines: [{ quantity, netAmount: money(net), ...(cost !== undefined && { costAmount: money(cost) }) }],
  };
}

export async function startValues() {
  const rig = await startFigures();
  const { service } = rig;
  return {
    ...rig,
    /** Tells of orders, many at once, and waits until they are counted. */
    async sell(tenantId: string, all: readonly Sold[]): Promise<string[]> {
      const ids: string[] = [];
      for (let from = 0; from < all.length; from += 500)
        ids.push(...(await rig.tellNew(tenantId, "order", all.slice(from, from + 500).map(orderOf))));
      await rig.settled();
      return ids;
    },
    async begin(user: TestUser, asked: object = {}): Promise<ValueRun> {
      return user.call(Values.createValueRun, CreateValueRunRequest.fromPartial({ valueRun: asked }));
    },
    /** Until it is through. */
    async through(user: TestUser, { valueRunId }: Pick<ValueRun, "valueRunId">): Promise<ValueRun> {
      for (;;) {
        const run = await user.call(Values.getValueRun, GetValueRunRequest.fromPartial({ valueRunId }));
        if (run.state !== State.RUNNING) return run;
        await pause(20);
      }
    },
    async run(user: TestUser, asked: object = {}): Promise<ValueRun> {
      return this.through(user, await this.begin(user, asked));
    },
    valueOf: (user: TestUser, customerId: string): Promise<CustomerValue> =>
      user.call(Values.getCustomerValue, GetCustomerValueRequest.fromPartial({ customerId })),
    async list(user: TestUser, request: object = {}): Promise<CustomerValue[]> {
      const all: CustomerValue[] = [];
      let pageToken = "";
      do {
        const asked = ListCustomerValuesRequest.fromPartial({ pageSize: 200, ...request, pageToken });
        const page = await user.call(Values.listCustomerValues, asked);
        all.push(...page.customerValues);
        pageToken = page.nextPageToken;
      } while (pageToken);
      return all;
    },
    planOf: (user: TestUser): Promise<ValuePlan> =>
      user.call(Values.getValuePlan, GetValuePlanRequest.fromPartial({})),
    /** What was sent, or the fields of the mask. */
    async plan(user: TestUser, valuePlan: object, updateMask?: string[]): Promise<ValuePlan> {
      const { etag } = await this.planOf(user);
      const request = UpdateValuePlanRequest.fromPartial({
        valuePlan,
        etag,
        ...(updateMask && { updateMask }),
      });
      return user.call(Values.updateValuePlan, request);
    },
    /** Events of values, in the order in which they were recorded. */
    async said(tenantId: string) {
      return (await service.events(tenantId)).filter(({ type }) =>
        /^Value(Scored|Dropped|Cleared)$/.test(type),
      );
    },
  };
}

/** A believable book, the same every time: some buy often, some leave, most come back a few times, all for a price or their own. */
export function book(customers: number, price?: number): Sold[] {
  const days = 540;
  const random = generator(20260101);
  const start = Date.parse("2025-01-01T00:00:00Z") / 86_400_000;
  const sold: Sold[] = [];
  for (let i = 0; i < customers; i++) {
    const customerId = idOf(i);
    const often = 4 + Math.round(160 * random() ** 2);
    const leaving = random() * 0.35;
    const mean = 50 + 400 * random() ** 2;
    let day = Math.floor(random() * days * 0.7);
    do {
      const net = price ?? Math.round(mean * (0.1 - Math.log(1 - random())) * 100) / 100;
      const text = new Date((start + day) * 86_400_000).toISOString().slice(0, 10);
      sold.push({ customerId, day: text, net, cost: Math.round(net * 60) / 100 });
      day += 1 + Math.floor(-Math.log(1 - random()) * often);
    } while (day < days && random() > leaving);
  }
  return sold;
}

export const idOf = (place: number) => `0199f0c4-2a3b-7c4d-8e5f-${String(place).padStart(12, "0")}`;

/** Mulberry32. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
