// Of customers and orders what care goes by.
import { mirror, onState } from "@guanxi/bus/reaction";
import { Customer, Customer_State } from "@guanxi/contract/guanxi/customer/v1/customer";
import { Order, Order_Kind, Order_Status } from "@guanxi/contract/guanxi/sales/v1/order";
import { dayIn, dayOf } from "@guanxi/kit/days";
import { copy, remove } from "@guanxi/kit/store";
import { markOf } from "./care-clock.ts";
import { careCustomers, careOrders } from "./care-mirror-tables.ts";

/** Who is archived, also by a merge, has no care any more; what was counted for them stays with the one who survives. */
const NO_CARE = -1;

export const mirrorCareCustomers = mirror(
  Customer,
  careCustomers,
  (customer, { aggregateId, version, time }) => {
    const { birthDate, createDate, grade } = customer;
    const birthDay = birthDate && birthDate.month > 0 ? birthDate.month * 100 + birthDate.day : null;
    const isActive = customer.state === Customer_State.ACTIVE;
    return {
      customerId: aggregateId,
      displayName: customer.displayName,
      ownerId: customer.ownerId || null,
      grade,
      birthDay,
      registeredDate: createDate ? dayOf(createDate) : dayIn("UTC")(time ?? new Date(0)),
      mark: isActive ? markOf(grade, birthDay) : NO_CARE,
      version,
    };
  },
);

const SOLD: readonly number[] = [Order_Status.CONFIRMED, Order_Status.FULFILLING, Order_Status.FULFILLED];

const isSale = ({ kind, status, customerId, orderDate }: Order): boolean =>
  kind === Order_Kind.SALE && SOLD.includes(status) && customerId !== "" && orderDate !== undefined;

export const mirrorCareOrders = onState(Order, [careOrders.name], (changes, at) => {
  const last = [...new Map(changes.map((change) => [change.meta.aggregateId, change])).values()];
  const sales = last.filter(({ state }) => state && isSale(state));
  const others = last.filter(({ state }) => !state || !isSale(state));
  copy(
    at,
    careOrders,
    sales.map(({ state, meta }) => ({
      orderId: meta.aggregateId,
      customerId: state!.customerId,
      orderDate: dayOf(state!.orderDate!),
      version: meta.version,
    })),
  );
  remove(
    at,
    careOrders,
    others.map(({ meta }) => meta.aggregateId),
  );
});
