import type { StateChange } from "@guanxi/bus/reaction";

interface Newest<M> {
  readonly ids: readonly string[];
  readonly there: readonly { readonly state: M; readonly version: number }[];
  readonly gone: readonly string[];
}

/** The last state of each aggregate of a batch, whose changes come in the order of their versions. */
export function newestOf<M>(changes: readonly StateChange<M>[]): Newest<M> {
  const last = new Map(changes.map((change) => [change.meta.aggregateId, change]));
  return {
    ids: [...last.keys()],
    there: [...last.values()].flatMap(({ state, meta: { version } }) => (state ? [{ state, version }] : [])),
    gone: [...last.values()].filter(({ state }) => !state).map(({ meta }) => meta.aggregateId),
  };
}
