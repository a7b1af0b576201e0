import { Worker } from "node:worker_threads";
import type { Compared } from "./compared.ts";
import type { FoundPair, ScanCounts } from "./scan-book.ts";

export interface BookPage {
  readonly kind: string;
  readonly customers: readonly Compared[];
}

export type Question =
  | { readonly ask: "take"; readonly page: BookPage }
  | { readonly ask: "compare" }
  | { readonly ask: "pairs" };

interface Trace {
  readonly customerId: string;
  readonly fingerprint: string;
}

/** A pair as it leaves the thread: of the two only who they are, and what they were when they were compared. */
export interface TracedPair extends Omit<FoundPair, "a" | "b"> {
  readonly a: Trace;
  readonly b: Trace;
}

export interface Answer {
  readonly counts: ScanCounts;
  readonly pairs: readonly TracedPair[];
}

// The sources run as they are, the build beside its own.
const WORKER = new URL(`./scan-worker${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url);

/** `scanBook` in a thread of its own: give it the book in pages, let it compare, take the pairs in batches. */
export function scanAside(signal: AbortSignal) {
  signal.throwIfAborted();
  // Nothing of this process's set-up: it is arithmetic, and telemetry would start anew in it.
  const worker = new Worker(WORKER, { execArgv: [] });
  const ended = Promise.withResolvers<never>();
  ended.promise.catch(() => {}); // it may end while nobody asks
  const stop = () => ended.reject(signal.reason as Error);
  worker.once("error", ended.reject);
  worker.once("exit", () => ended.reject(new Error("the comparing ended without an answer")));
  signal.addEventListener("abort", stop, { once: true });

  function ask(question: Question): Promise<Answer> {
    const answered = new Promise<Answer>((resolve) => worker.once("message", resolve));
    worker.postMessage(question, []);
    return Promise.race([answered, ended.promise]);
  }
  return {
    give: (page: BookPage) => worker.postMessage({ ask: "take", page } satisfies Question, []),
    compare: async () => (await ask({ ask: "compare" })).counts,
    /** None when all have been given. */
    pairs: async () => (await ask({ ask: "pairs" })).pairs,
    async end() {
      signal.removeEventListener("abort", stop);
      await worker.terminate();
    },
  };
}
