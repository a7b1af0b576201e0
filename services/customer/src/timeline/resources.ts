import type { At } from "@guanxi/kit/at";
import { has, loadContract } from "@guanxi/kit/contract";
import { resourceOf } from "./known.ts";

/** All that a timeline may tell of: whatever has events and a customer. Taken from the contract, so a new kind is among them. */
const told = (() => {
  let made: readonly string[] | undefined;
  return () => (made ??= [...new Set(toldBy())].sort());
})();

function* toldBy(): Generator<string> {
  for (const type of loadContract()) {
    if (type.kind !== "message") continue;
    const [meta, state] = type.fields;
    const isEvent = meta?.message?.typeName === "guanxi.event.v1.Meta" && state?.message;
    if (isEvent && state.message && has(state.message, "customer_id"))
      yield resourceOf(state.message.typeName);
  }
}

export interface Seen {
  /** What the caller may read; absent where that is everything. */
  readonly shown?: readonly string[];
  readonly hidden: readonly string[];
}

/** Known once the request has asked something. */
export function seenBy(at: At): Seen {
  if (at.may("*", "read")) return { hidden: [] };
  const { shown = [], hidden = [] } = Object.groupBy(told(), (resource) =>
    at.may(resource, "read") ? "shown" : "hidden",
  );
  return { shown, hidden };
}
