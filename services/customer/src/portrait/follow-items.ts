import { type Incoming, onState, type Reaction, type StateChange } from "@guanxi/bus/reaction";
import type { Codec } from "@guanxi/kit/codec";
import { checkLater } from "../checks/check-later.ts";
import { dropItems, type Item, type ItemArea, keepItems } from "./items.ts";

interface OfCustomer {
  readonly customerId: string;
}

/** What becomes of a state; nothing where the portrait has no place for it. */
type Pick<M> = (
  state: M,
  change: StateChange<M>,
) => Omit<Item, "itemId" | "customerId" | "version"> | undefined;

/** One kind of thing at another service, whatever its events are called. Whose it is or was, is looked at again. */
export const followItems = <M extends OfCustomer>(
  area: ItemArea,
  message: Codec<M>,
  pick: Pick<M>,
): Reaction =>
  onState(message, [`portrait_${area}`], (changes, at) => {
    const newest = [...new Map(changes.map((change) => [change.meta.aggregateId, change])).values()];
    const items = newest.flatMap((change): Item[] => {
      const { state, meta } = change;
      const item = state?.customerId ? pick(state, change) : undefined;
      if (!item) return [];
      return [{ ...item, itemId: meta.aggregateId, customerId: state!.customerId, version: meta.version }];
    });
    const kept = new Set(items.map(({ itemId }) => itemId));
    keepItems(at, area, items);
    dropItems(
      at,
      area,
      newest.map(({ meta }) => meta.aggregateId).filter((id) => !kept.has(id)),
    );
    checkLater(at, concerned(changes));
  });

/** Those who have it now, and those who had it before. */
export const concerned = (changes: readonly StateChange<OfCustomer>[]): string[] => [
  ...new Set(
    changes
      .flatMap(({ state, previous }) => [state?.customerId, previous?.customerId])
      .filter((id): id is string => Boolean(id)),
  ),
];

/** One kind of event that is worth a place of its own. */
export const followEvents = <E>(
  area: ItemArea,
  type: Codec<E>,
  pick: (event: E, incoming: Incoming) => Item,
): Reaction => {
  const concerns = (event: Incoming) => event.type === type.$type;
  return {
    tables: [`portrait_${area}`],
    concerns,
    react(events, at) {
      const items = events
        .filter((event) => concerns(event) && event.meta.customerId)
        .map((event) => pick(type.decode(event.payload), event));
      keepItems(at, area, items);
      checkLater(
        at,
        items.map(({ customerId }) => customerId),
      );
    },
  };
};
