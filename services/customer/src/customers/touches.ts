// The ways on which a customer has come to us.
import { isDeepStrictEqual } from "node:util";
import type { CustomerState, StoredTouch } from "./customer-state.ts";

type Come = Pick<CustomerState, "touches" | "sourceChannel" | "firstTouchTime">;

/** The first touch is the source, also of customers who are older than touches. */
export function touchesOf({ touches, sourceChannel, firstTouchTime }: Come): readonly StoredTouch[] {
  if (touches.length > 0 || sourceChannel === null) return touches;
  const time = firstTouchTime.toISOString();
  return [{ channel: sourceChannel, firstTime: time, lastTime: time, count: 1 }];
}

/** What of them is kept: nothing, where the source says it all. */
export function keptTouches(customer: Come): readonly StoredTouch[] {
  const first = touchesOf({ ...customer, touches: [] });
  return isDeepStrictEqual(customer.touches, first) ? [] : customer.touches;
}

/** Once more, on this way. */
export function touched(customer: Come, channel: StoredTouch["channel"], time: Date): readonly StoredTouch[] {
  const at = time.toISOString();
  return addTouches(touchesOf(customer), [{ channel, firstTime: at, lastTime: at, count: 1 }]);
}

/** One for each channel. */
export function addTouches(
  all: readonly StoredTouch[],
  more: readonly StoredTouch[],
): readonly StoredTouch[] {
  const sums = new Map(all.map((touch) => [touch.channel, touch]));
  for (const touch of more) {
    const before = sums.get(touch.channel);
    sums.set(touch.channel, before ? sumOf(before, touch) : touch);
  }
  return [...sums.values()];
}

const sumOf = (a: StoredTouch, b: StoredTouch): StoredTouch => ({
  channel: a.channel,
  firstTime: a.firstTime < b.firstTime ? a.firstTime : b.firstTime,
  lastTime: a.lastTime > b.lastTime ? a.lastTime : b.lastTime,
  count: a.count + b.count,
});
