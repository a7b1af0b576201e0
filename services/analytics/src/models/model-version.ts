// A score names the programs that made it and the facts it was made from; with both it can be made again, bit for bit.
// The bits are those of one Node version: Math.exp and its kind are V8's own code, the same on every processor.
import { createHash } from "node:crypto";
import type { PurchaseSummary } from "./summary.ts";

/** A change that moves a score of the same facts in any bit raises the number. */
export const MODEL_VERSIONS = {
  bgNbd: "bg-nbd/1",
  paretoNbd: "pareto-nbd/1",
  bgBb: "bg-bb/1",
  gammaGamma: "gamma-gamma/1",
  clv: "clv/1",
  rfm: "rfm/1",
  purchaseCycle: "purchase-cycle/1",
  grade: "grade/1",
} as const;

const LINES_AT_ONCE = 4096;

/** SHA-256, in hexadecimal digits, of one line of JSON for each customer by ascending id, in whatever order they come. */
export function inputHash(summaries: readonly PurchaseSummary[]): string {
  const sorted = [...summaries].sort((a, b) => (a.customerId < b.customerId ? -1 : 1));
  const hash = createHash("sha256");
  for (let from = 0; from < sorted.length; from += LINES_AT_ONCE) {
    const lines = sorted.slice(from, from + LINES_AT_ONCE).map(lineOf);
    hash.update(lines.join(""));
  }
  return hash.digest("hex");
}

function lineOf(summary: PurchaseSummary): string {
  const { customerId, days, ageDays } = summary;
  const { repeatMicros, revenueMicros, marginMicros, costedMicros } = summary;
  const money = [repeatMicros, revenueMicros, marginMicros, costedMicros].map(String);
  return `${JSON.stringify([customerId, ageDays, ...money, ...days])}\n`;
}
