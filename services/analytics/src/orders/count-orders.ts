import { rowsIn } from "@guanxi/bus/held";
import { onState } from "@guanxi/bus/reaction";
import { Order } from "@guanxi/contract/guanxi/sales/v1/order";
import { copy, find, remove } from "@guanxi/kit/store";
import { newestOf } from "../newest.ts";
import { addDays, customerDays, heldDays, productDays, salesDays } from "./day-tables.ts";
import { differences, type OrderFact, orderFactOf } from "./order-fact.ts";
import { orderFacts } from "./order-facts.ts";

const TABLES = [orderFacts, customerDays, salesDays, productDays].map(({ name }) => name);

const rows = rowsIn<Order, OrderFact>(orderFacts, (state, { version }) => [orderFactOf(state, version)]);

/** Nobody else moves these orders at the same time: the reader holds each of them from its first look to its commit. */
export const countOrders = onState(
  Order,
  TABLES,
  async (changes, at) => {
    const { ids, there, gone } = newestOf(changes);
    const before = await find(at, orderFacts, ids);
    const after = there.map(({ state, version }) => orderFactOf(state, version));
    const { customers, sales, products } = differences(before, after);
    addDays(at, customerDays, customers);
    addDays(at, salesDays, sales);
    addDays(at, productDays, products);
    copy(at, orderFacts, after);
    remove(at, orderFacts, gone);
  },
  { rows: [rows], sums: heldDays },
);
