import type { DuplicatePair } from "@guanxi/client/gen/guanxi";

/** Who is one customer by all pairs together, of those that were read. */
export function groupsOf(pairs: readonly DuplicatePair[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, Set<string>>();
  for (const { clusterCustomerId: key, customerId, otherCustomerId } of pairs) {
    if (!key) continue;
    const group = groups.get(key) ?? new Set();
    groups.set(key, group.add(customerId).add(otherCustomerId));
  }
  return new Map([...groups].map(([key, ids]) => [key, [...ids]]));
}
