// Fifty thousand customers are some ten seconds of arithmetic, in which a service would answer nobody and lose its leases.
import { parentPort } from "node:worker_threads";
import type { Compared } from "./compared.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { Answer, BookPage, Question, TracedPair } from "./scan-aside.ts";
import { type FoundPair, type ScanCounts, scanBook } from "./scan-book.ts";

const books = new Map<string, Compared[]>();
let found: Iterator<FoundPair> | undefined;

const BATCH = 500;

parentPort!.on("message", (question: Question) => {
  if (question.ask === "take") return take(question.page);
  parentPort!.postMessage(question.ask === "compare" ? compare() : batch(), []);
});

function take({ kind, customers }: BookPage): void {
  const book = books.get(kind) ?? [];
  for (const customer of customers) book.push(customer);
  books.set(kind, book);
}

/** A person and an organisation are never one. */
function compare(): Answer {
  const scanned = [...books].map(([kind, book]) => scanBook(kind, book));
  found = scanned.values().flatMap(({ pairs }) => pairs);
  return { counts: scanned.map(({ counts }) => counts).reduce(sumOf, NONE), pairs: [] };
}

const NONE: ScanCounts = {
  customers: 0,
  pairsCompared: 0,
  pairsKept: 0,
  clusters: 0,
  splitBlocks: 0,
  pairsLeftOut: 0,
};

const sumOf = (a: ScanCounts, b: ScanCounts): ScanCounts => ({
  customers: a.customers + b.customers,
  pairsCompared: a.pairsCompared + b.pairsCompared,
  pairsKept: a.pairsKept + b.pairsKept,
  clusters: a.clusters + b.clusters,
  splitBlocks: a.splitBlocks + b.splitBlocks,
  pairsLeftOut: a.pairsLeftOut + b.pairsLeftOut,
});

function batch(): Answer {
  const pairs: TracedPair[] = [];
  while (pairs.length < BATCH) {
    const next = found!.next();
    if (next.done) break;
    const { a, b, ...pair } = next.value;
    pairs.push({ ...pair, a: traceOf(a), b: traceOf(b) });
  }
  return { counts: NONE, pairs };
}

const traceOf = (customer: Compared) => ({
  customerId: customer.customerId,
  fingerprint: fingerprintOf(customer),
});
