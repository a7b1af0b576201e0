import { isDeepStrictEqual } from "node:util";
import type { StoredTouch } from "../customers/customer-state.ts";
import type { Slots } from "./slots.ts";

/**
 * What a customer would be now had it not become `merged` when it was `before`: what is as the merge left it goes back, what was changed
 * since stays. Of lists, each item is a thing of its own: what came with the merge goes, what was added or taken away since stays so.
 */
export function threeWay(before: Slots, merged: Slots, now: Slots): Slots {
  const result = new Map<string, unknown>();
  // In today's order, so that what somebody has put first is first.
  for (const slot of new Set([...now.keys(), ...before.keys()])) {
    const value = slot.startsWith("touches ")
      ? touchWithout(before.get(slot), merged.get(slot), now.get(slot))
      : isDeepStrictEqual(now.get(slot), merged.get(slot))
        ? before.get(slot)
        : now.get(slot);
    if (value !== undefined) result.set(slot, value);
  }
  return result;
}

/** Touches are counted, so those since the merge are added to those before it. */
function touchWithout(before: unknown, merged: unknown, now: unknown): unknown {
  const [was, left, is] = [before, merged, now] as (StoredTouch | undefined)[];
  const since = countOf(is) - countOf(left);
  if (!is || since <= 0) return was;
  return { ...is, ...timesOf(was, left, is), count: countOf(was) + since };
}

const countOf = (touch: StoredTouch | undefined) => touch?.count ?? 0;

function timesOf(was: StoredTouch | undefined, left: StoredTouch | undefined, is: StoredTouch) {
  const isLastOfMerge = left?.lastTime === is.lastTime;
  return {
    // When the first of several was, is not kept: the last one is certain.
    firstTime: was?.firstTime ?? (left ? is.lastTime : is.firstTime),
    lastTime: isLastOfMerge ? (was?.lastTime ?? is.lastTime) : is.lastTime,
  };
}
