import { setTimeout as pause } from "node:timers/promises";

interface Bus {
  readonly durables: () => Promise<readonly string[]>;
  readonly metrics: () => Promise<readonly string[]>;
}

const BETWEEN_MS = 1_000;

/**
 * Readers whose durable is not there: the bus does not let them make it, for its users are those of another release. By what the
 * services themselves count, for the list of this release may not have them. Twice, since one that starts needs a moment.
 */
export async function readersWithoutDurable({ durables, metrics }: Bus): Promise<string[]> {
  const look = async () => {
    const there = new Set(await durables());
    return (await metrics()).flatMap(consumersIn).filter((name) => !there.has(name));
  };
  if ((await look()).length === 0) return [];
  await pause(BETWEEN_MS);
  return [...new Set(await look())];
}

const consumersIn = (metrics: string): string[] =>
  [...metrics.matchAll(/^reader_applied_events_total\{[^}]*consumer="([^"]+)"/gm)].map(([, name]) => name!);
