import { setTimeout as pause } from "node:timers/promises";
import { ProblemError } from "@guanxi/client/send";

/** What --remove takes away: a word that nobody takes for files of their own. */
export const SYSTEM = "guanxi_made_up";

/** Stands in what the API alone makes, so that --remove knows it again. */
export const MADE_UP = "示例数据 Made up by npx guanxi seed";

const PATIENCE_MS = 60_000;
const AGAIN_MS = 200;

/** So many calls at a time: more of them only wait for each other on a small machine. */
const AT_ONCE = 8;

export async function forAll<T>(items: readonly T[], act: (item: T) => Promise<unknown>): Promise<void> {
  const rest = items.values();
  const work = async () => {
    for (const item of rest) await patiently(() => act(item));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/**
 * What the services make of new files holds their records for seconds, and what one of them has made the others hear of a moment
 * later: who is told so asks again. Nothing was written.
 */
export async function patiently<T>(act: () => Promise<T>): Promise<T> {
  for (const end = performance.now() + PATIENCE_MS; ; await pause(AGAIN_MS)) {
    try {
      return await act();
    } catch (error) {
      if (!isTooSoon(error) || performance.now() > end) throw error;
    }
  }
}

const isTooSoon = (error: unknown): boolean =>
  error instanceof ProblemError && ["BUSY", "UNKNOWN_SEGMENT"].includes(error.problem.reason);
