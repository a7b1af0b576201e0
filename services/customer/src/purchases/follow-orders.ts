import { onState } from "@guanxi/bus/reaction";
import { Order } from "@guanxi/contract/guanxi/sales/v1/order";
import { copy, remove } from "@guanxi/kit/store";
import { checkLater } from "../checks/check-later.ts";
import { concerned } from "../portrait/follow-items.ts";
import { purchaseOf } from "./purchase.ts";
import { moveMark, purchases } from "./purchases.ts";

/** Orders as they are now, as far as they count. */
export const followOrders = onState(Order, [purchases.name, "purchase_marks"], (changes, at) => {
  const newest = [...new Map(changes.map((change) => [change.meta.aggregateId, change])).values()];
  const kept = newest.flatMap(({ state, meta }) => (state && purchaseOf(state, meta.version)) ?? []);
  const ids = new Set(kept.map(({ orderId }) => orderId));
  copy(at, purchases, kept);
  remove(
    at,
    purchases,
    newest.map(({ meta }) => meta.aggregateId).filter((id) => !ids.has(id)),
  );
  checkLater(at, concerned(changes));
  const { meta, sequence } = changes.reduce((a, b) => (a.sequence > b.sequence ? a : b));
  moveMark(at, { eventTime: meta.time!, streamSequence: BigInt(sequence) });
});
