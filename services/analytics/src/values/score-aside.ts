import { Worker } from "node:worker_threads";
import type { Book } from "./book.ts";
import type { Scored, Scoring } from "./score.ts";

/** The book comes back with its scores: it was handed over, and is empty where it came from. */
export interface Answer {
  readonly book: Book;
  readonly scored: Scored;
}

// The sources run as they are, the build beside its own.
const WORKER = new URL(`./score-worker${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url);

/** `score` in a thread of its own. */
export async function scoreAside(scoring: Scoring, signal: AbortSignal): Promise<Answer> {
  signal.throwIfAborted();
  const transferList = Object.values(scoring.book).map(({ buffer }) => buffer as ArrayBuffer);
  // Nothing of this process's set-up: it is arithmetic, and telemetry would start anew in it.
  const worker = new Worker(WORKER, { workerData: scoring, transferList, execArgv: [] });
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const stop = () => reject(signal.reason as Error);
  worker.once("message", resolve);
  worker.once("error", reject);
  worker.once("exit", () => reject(new Error("the scoring ended without an answer")));
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await promise;
  } finally {
    signal.removeEventListener("abort", stop);
    await worker.terminate();
  }
}
