import { setTimeout as pause } from "node:timers/promises";

const PATIENCE_MS = 120_000;

/** Asks until the answer knows of all events up to a place in the stream. */
export async function knowing<Answer extends { streamSequence: string }>(
  sequence: string,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (BigInt(answer.streamSequence) >= BigInt(sequence)) return answer;
    if (performance.now() > until)
      throw new Error(`the figures stand at ${answer.streamSequence} and do not come to ${sequence}`);
    await pause(100);
  }
}
