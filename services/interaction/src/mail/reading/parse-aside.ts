// Mails are read in a thread of their own: one that is built to cost much is ended, and costs nobody else anything.
import { Worker } from "node:worker_threads";
import type { ParsedMail } from "./parsed-mail.ts";

export type Reading =
  | { readonly mail: ParsedMail }
  | { readonly refused: "MAIL_UNREADABLE" | "MAIL_TOO_COSTLY" };

export interface MailReader {
  read(bytes: Buffer): Promise<Reading>;
  close(): Promise<void>;
}

interface Limits {
  readonly timeMs: number;
  readonly memoryMb: number;
}

/** The largest mail that is taken needs about 6 s and 200 MB. */
const LIMITS: Limits = { timeMs: 20_000, memoryMb: 384 };

// The sources run as they are, the build beside its own.
const WORKER = new URL(`./parse-worker${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url);

/** One after the other, in one thread, which is made anew where a mail was too much for it. */
export function mailReader({ timeMs, memoryMb }: Limits = LIMITS): MailReader {
  let worker: Worker | undefined;
  let before: Promise<unknown> = Promise.resolve();

  function begin(): Worker {
    // Nothing of this process's set-up: telemetry would start anew in it.
    const resourceLimits = { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 32 };
    const made = new Worker(WORKER, { execArgv: [], resourceLimits });
    made.unref();
    made.once("exit", () => {
      if (worker === made) worker = undefined;
    });
    return made;
  }

  async function readNow(bytes: Buffer): Promise<Reading> {
    const running = (worker ??= begin());
    const { promise, resolve } = Promise.withResolvers<Reading>();
    const costly = () => resolve({ refused: "MAIL_TOO_COSTLY" });
    const timer = setTimeout(costly, timeMs);
    running.once("message", (answer: { mail?: ParsedMail }) =>
      resolve(answer.mail ? { mail: answer.mail } : { refused: "MAIL_UNREADABLE" }),
    );
    running.once("error", costly); // out of memory
    running.once("exit", costly);
    running.postMessage(bytes, []); // a copy: the bytes are still needed here
    const reading = await promise;
    clearTimeout(timer);
    running.removeAllListeners("message").removeAllListeners("error").removeListener("exit", costly);
    if ("refused" in reading && reading.refused === "MAIL_TOO_COSTLY") {
      running.on("error", () => {}); // what it says while it is ended is known
      worker = undefined;
      await running.terminate();
    }
    return reading;
  }

  return {
    read(bytes) {
      const reading = before.then(() => readNow(bytes));
      before = reading.catch(() => {}); // told to who asked; the next one waits for its end alone
      return reading;
    },
    async close() {
      await worker?.terminate();
    },
  };
}
