const MOST_ROUNDS = 20;

/**
 * Counts for each customer the looks in a row in which rules have changed it, and answers those who do not come to rest: two rules
 * that undo each other would else keep the job at work on them for ever.
 */
export function restlessOf(
  rounds: Map<string, number>,
  looked: readonly string[],
  changed: ReadonlySet<string>,
): string[] {
  for (const customerId of looked) {
    if (changed.has(customerId)) rounds.set(customerId, (rounds.get(customerId) ?? 0) + 1);
    else rounds.delete(customerId);
  }
  const restless = looked.filter((customerId) => (rounds.get(customerId) ?? 0) >= MOST_ROUNDS);
  for (const customerId of restless) rounds.delete(customerId);
  return restless;
}
