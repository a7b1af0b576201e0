// What was sold, as sales says it now: orders, and opportunities that were won without one.
import { onState, type Reaction } from "@guanxi/bus/reaction";
import { Opportunity } from "@guanxi/contract/guanxi/sales/v1/opportunity";
import { Order, Order_Status } from "@guanxi/contract/guanxi/sales/v1/order";
import { Stage_Type } from "@guanxi/contract/guanxi/sales/v1/pipeline";
import type { Codec } from "@guanxi/kit/codec";
import type { State } from "@guanxi/kit/columns";
import { dayIn, dayOf } from "@guanxi/kit/days";
import { microsOf } from "@guanxi/kit/micros";
import { copy, remove } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";

interface Conversion extends State {
  readonly conversionId: string;
  readonly kind: "ORDER" | "OPPORTUNITY";
  readonly customerId: string | null;
  /** That an order came of: the opportunity itself counts no more then. */
  readonly opportunityId: string | null;
  /** Null where only the day is known: it was at its end then. */
  readonly saleTime: Date | null;
  readonly saleDate: string | null;
  readonly amount: bigint;
  readonly margin: bigint | null;
  readonly currencyCode: string;
  readonly counts: boolean;
}

/** @public The schema is held against it. */
export const conversions = table({
  entity: new EntitySchema<Conversion>({
    name: "conversion",
    tableName: "conversions",
    columns: {
      conversionId: { name: "conversion_id", type: "uuid", primary: true },
      kind: { type: "text" },
      customerId: { name: "customer_id", type: "uuid", nullable: true },
      opportunityId: { name: "opportunity_id", type: "uuid", nullable: true },
      saleTime: { name: "sale_time", type: "timestamptz", nullable: true },
      saleDate: { name: "sale_date", type: "date", nullable: true },
      amount: { type: "bigint" },
      margin: { type: "bigint", nullable: true },
      currencyCode: { name: "currency_code", type: "text" },
      counts: { type: "bool" },
      version: { type: "int" },
    },
  }),
});

type Made<M> = (state: M, timeZone: string) => Omit<Conversion, "version">;

const mirrored = <M>(message: Codec<M>, made: Made<M>): Reaction =>
  onState(message, [conversions.name], (changes, at) => {
    const last = [...new Map(changes.map((change) => [change.meta.aggregateId, change])).values()];
    const there = last.flatMap(({ state, meta }) =>
      state ? [{ ...made(state, at.timeZone), version: meta.version }] : [],
    );
    copy(at, conversions, there);
    const gone = last.filter(({ state }) => !state);
    remove(
      at,
      conversions,
      gone.map(({ meta }) => meta.aggregateId),
    );
  });

const SOLD = new Set<Order_Status>([Order_Status.CONFIRMED, Order_Status.FULFILLING, Order_Status.FULFILLED]);

export const isSold = ({ status, customerId }: Order): boolean => SOLD.has(status) && customerId !== "";

const conversionOfOrder: Made<Order> = (order, timeZone) => ({
  conversionId: order.orderId,
  kind: "ORDER",
  customerId: order.customerId || null,
  opportunityId: order.status === Order_Status.DRAFT ? null : order.opportunityId || null,
  ...whenSold(order.orderTime ?? order.createTime, order.orderDate ? dayOf(order.orderDate) : null, timeZone),
  amount: order.netAmount ? microsOf(order.netAmount) : 0n,
  margin: order.marginAmount ? microsOf(order.marginAmount) : null,
  currencyCode: order.currencyCode,
  counts: isSold(order),
});

const conversionOfOpportunity: Made<Opportunity> = (opportunity, timeZone) => ({
  conversionId: opportunity.opportunityId,
  kind: "OPPORTUNITY",
  customerId: opportunity.customerId || null,
  opportunityId: null,
  ...whenSold(
    opportunity.stageSinceTime,
    opportunity.closeDate ? dayOf(opportunity.closeDate) : null,
    timeZone,
  ),
  amount: opportunity.amount ? microsOf(opportunity.amount) : 0n,
  margin: null,
  currencyCode: opportunity.amount?.currencyCode ?? "",
  counts: isWon(opportunity),
});

export const isWon = ({ stageType, customerId, amount }: Opportunity): boolean =>
  stageType === Stage_Type.WON && customerId !== "" && amount !== undefined;

/** The moment counts where it is of the day that counts: somebody may write down today what was sold last week. */
export function whenSold(time: Date | undefined, day: string | null, timeZone: string) {
  const isOfDay = time !== undefined && (day === null || dayIn(timeZone)(time) === day);
  return { saleTime: isOfDay ? time : null, saleDate: day };
}

export const mirrorOrders = mirrored(Order, conversionOfOrder);
export const mirrorOpportunities = mirrored(Opportunity, conversionOfOpportunity);
