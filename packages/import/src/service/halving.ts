// A batch that the database or a rule refuses as a whole is made smaller until it goes through or is one unit, the guilty one.
import { setTimeout as pause } from "node:timers/promises";
import { isPassing, isRefused, isTooMuch } from "@guanxi/kit/passing";
import { Refusal } from "@guanxi/kit/refuse";
import type { RowFault } from "../fault.ts";

const TRIES = 6;

export interface Halving<T> {
  /** All in one transaction; answers how many of them it has done. */
  write(items: readonly T[]): Promise<number>;
  /** The one that cannot be written, and why. */
  refuse(item: T, fault: RowFault): Promise<void>;
}

export async function halving<T>(items: readonly T[], { write, refuse }: Halving<T>): Promise<void> {
  let size = items.length;
  let again = false;
  for (let done = 0; done < items.length; ) {
    const some = items.slice(done, done + size);
    try {
      done += await patiently(() => write(some));
      size = Math.min(items.length, size * 2);
      again = false;
    } catch (error) {
      if (passes(error) || !(isRefused(error) || isTooMuch(error))) throw error;
      if (some.length > 1) size = Math.ceil(some.length / 2);
      else if (!again)
        again = true; // whoever made the same at the same time has committed by now, so it is found
      else {
        await refuse(some[0]!, faultOf(error));
        done += 1;
        again = false;
      }
    }
  }
}

/** Others work on the same rows: that passes. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!passes(error) || attempt === TRIES) throw error;
      await pause(50 * 2 ** attempt);
    }
  }
}

/** Somebody was quicker with a row, or has it just now. */
const passes = (error: unknown) =>
  (isPassing(error) && !isTooMuch(error)) || (error instanceof Refusal && error.reason === "ETAG_MISMATCH");

function faultOf(error: unknown): RowFault {
  if (passes(error) || !isRefused(error)) throw error;
  if (error instanceof Refusal) {
    const details = error.violations.map(({ field, description }) => `${field} ${description}`);
    return { reason: error.reason, message: [error.message, ...details].join(" ") };
  }
  return { reason: "INVALID_VALUE", message: `The database cannot keep what the row holds (${error.code}).` };
}
